using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Text;

/// <summary>
/// What a user reads who made a mistake in a sweep: one line with the place of the swept value. The sweep stands at the
/// end of <see cref="TinyStudy.Text"/>, whose last line is the 48th.
/// </summary>
public class SweepMessageTests
{
    private const string Count = "expected a number from 2 up to 10000, such as 5";
    private const string Rate = "expected a number above 0 up to 1000, such as 0.1";
    private const string RateList = "expected a list, such as [0.1], or a range of from, to and count";

    [Theory]
    [InlineData("training.learning_rate: [0.1, 0]", "51:35: {0}[1]: '0' is out of range; " + Rate)]
    [InlineData("training.learning_rate: [0.1, fast]", "51:35: {0}[1]: 'fast' is not a number; " + Rate)]
    [InlineData("training.learning_rate: [[0.1]]", "51:30: {0}[0]: expected one value, not a list")]
    [InlineData("training.learning_rate: []", "51:29: {0}: is an empty list; expected at least one value")]
    [InlineData("training.learning_rate: 0.1", "51:29: {0}: " + RateList)]
    [InlineData("training.learning_rate: [0.1, 1, 10 %]", "51:38: {0}[2]: '10 %' stands there twice")]
    [InlineData("fidelity: [ekv, ekw]", "51:21: {0}[1]: unknown value 'ekw'; did you mean 'ekv'?")]
    [InlineData("fidelity: ekv", "51:15: {0}: expected a list, such as [weak-inversion, ekv]")]
    [InlineData("fidelity: { from: 1, to: 2, count: 2 }", "51:15: {0}: expected a list, such as [weak-inversion, ekv]")]
    [InlineData("variation.leakage: on", "51:24: {0}: expected a list, such as [on, off]")]
    [InlineData("variation.leakage: [on, true]", "51:29: {0}[1]: 'true' stands there twice")]
    [InlineData("variation.leakage: [on, of]", "51:29: {0}[1]: 'of' is neither on nor off")]
    [InlineData(
        "training.epochs: [1, 2.5]",
        "51:26: {0}[1]: '2.5' is not a whole number; expected a number from 1 up to 1e+06, such as 20"
    )]
    [InlineData(
        "design.capacitor: [1 pF, 1 pA]",
        "51:30: {0}[1]: '1 pA' has the wrong unit; expected a quantity in F from 1e-16 F up to 1e-06 F, such as 1 pF"
    )]
    [InlineData(
        "process.override.device.slope_factor: [1.2, 9]",
        "51:49: {0}[1]: '9' is out of range; expected a number from 1 up to 3, such as 1.4"
    )]
    public void Bad_list_is_refused_at_the_value(string entry, string message) => AssertRefused(entry, message);

    [Theory]
    [InlineData("{ from: 0.1, to: 1, count: 1 }", "56: {0}.count: '1' is out of range; " + Count)]
    [InlineData("{ from: 0.1, to: 1, count: 99999 }", "56: {0}.count: '99999' is out of range; " + Count)]
    [InlineData("{ from: 0.1, to: 1, cuont: 2 }", "49: {0}: unknown key 'cuont'; did you mean 'count'?")]
    [InlineData("{ from: 0.1, count: 2 }", "29: {0}: missing key 'to' (Last value)")]
    [InlineData(
        "{ from: 0.1, to: 1 }",
        "29: {0}: missing key 'count' (number of values, both ends included), or 'step'"
    )]
    [InlineData(
        "{ from: 0.1, to: 1, count: 2, step: 0.1 }",
        "29: {0}: count and step are set together; expected one of them"
    )]
    [InlineData("{ from: 0, to: 1, count: 2 }", "37: {0}.from: '0' is out of range; " + Rate)]
    [InlineData("{ from: 0.1, to: 1 V, count: 2 }", "46: {0}.to: '1 V' has the wrong unit; " + Rate)]
    [InlineData("{ from: 0.1, to: 10 %, count: 2 }", "29: {0}: from and to are the same; expected two ends")]
    [InlineData(
        "{ from: 0.1, to: 1, step: 0.4 }",
        "55: {0}.step: no whole number of steps of '0.4' leads from 0.1 to 1"
    )]
    [InlineData(
        "{ from: 0.1, to: 1, step: -0.1 }",
        "55: {0}.step: no whole number of steps of '-0.1' leads from 0.1 to 1"
    )]
    [InlineData("{ from: 0.1, to: 1, step: 0 }", "55: {0}.step: no whole number of steps of '0' leads from 0.1 to 1")]
    [InlineData("{ from: 0.1, to: 1, step: 5 }", "55: {0}.step: no whole number of steps of '5' leads from 0.1 to 1")]
    [InlineData("{ from: 0.1, to: 1, step: 1 V }", "55: {0}.step: '1 V' has the wrong unit; expected a number")]
    [InlineData("{ from: 1, to: 1000, step: 0.001 }", "56: {0}.step: makes 999001 values; expected at most 10000")]
    [InlineData(
        "{ from: 0.1, to: 0.2, step: 0.1, scale: log }",
        "57: {0}.step: a log scale has no step; expected count"
    )]
    [InlineData(
        "{ from: 0.1, to: 1, count: 2, scale: lin }",
        "66: {0}.scale: unknown value 'lin'; did you mean 'log'?"
    )]
    public void Bad_range_is_refused_at_its_key(string range, string message) =>
        AssertRefused($"training.learning_rate: {range}", $"51:{message}");

    [Theory]
    [InlineData(
        "training.epochs: { from: 1, to: 4, count: 3 }",
        "51:22: {0}: value 2 of 3 is 2.5; expected whole numbers only"
    )]
    [InlineData(
        "training.epochs: { from: 1, to: 100, count: 4, scale: log }",
        "51:22: {0}: value 2 of 4 is 4.64158883361; expected whole numbers only"
    )]
    [InlineData(
        "training.l2: { from: 0, to: 1, count: 4, scale: log }",
        "51:26: {0}.from: '0' is not above 0, as both ends of a log scale are"
    )]
    [InlineData(
        "temperature.value: { from: 10 C, to: 20 C, count: 4, scale: log }",
        "51:65: {0}.scale: degrees Celsius have no log scale; expected linear"
    )]
    [InlineData(
        "temperature.value: { from: 10 C, to: 20 C, step: 5 }",
        "51:54: {0}.step: '5' has no unit; expected a quantity in K"
    )]
    [InlineData(
        "design.capacitor: { from: 1 pF, to: 2 pF, step: 500 fA }",
        "51:53: {0}.step: '500 fA' has the wrong unit; expected a quantity in F"
    )]
    public void Range_that_its_key_cannot_have_is_refused(string entry, string message) =>
        AssertRefused(entry, message);

    [Theory]
    [InlineData(
        "training.learning_rat: [1]",
        "unknown key 'training.learning_rat'; did you mean 'training.learning_rate'?"
    )]
    [InlineData("learning_rate: [1]", "unknown key 'learning_rate'; did you mean 'training.learning_rate'?")]
    [InlineData(
        "process.override.device.slope: [1]",
        "unknown key 'process.override.device.slope'; did you mean 'process.override.device.slope_factor'?"
    )]
    [InlineData(
        "x: [1]",
        "unknown key 'x'; expected one of 89 names, of which the nearest are corner, fidelity, data.file, noise.shot, noise.seed"
    )]
    public void Unknown_key_is_named_with_the_nearest_one(string entry, string message) =>
        AssertRefused(entry, $"51:5: sweep.cross: {message}");

    [Theory]
    [InlineData("name", "cannot be swept: it changes no result")]
    [InlineData("description", "cannot be swept: it changes no result")]
    [InlineData("samples", "cannot be swept: all points have the same dies")]
    [InlineData("seed", "cannot be swept: all points have the same dies")]
    [InlineData("stop.half_width", "cannot be swept: all points have the same dies")]
    [InlineData("sampling.method", "cannot be swept: all points have the same dies")]
    [InlineData("specs", "cannot be swept: all points have the same specifications")]
    [InlineData("hold", "cannot be swept: all points have the same columns")]
    [InlineData("output.target", "cannot be swept: all points have the same columns")]
    [InlineData("output.epochs", "cannot be swept: all points have the same columns")]
    [InlineData("task", "cannot be swept: all points have the same columns")]
    [InlineData("data.target", "cannot be swept: all points have the same columns")]
    [InlineData("cost.supply", "cannot be swept: it changes no die")]
    [InlineData("sweep.cross", "cannot be swept: a sweep has no sweep")]
    [InlineData("temperature.values", "cannot be swept: it is a list, unlike temperature.value")]
    [InlineData("process.override.correlations", "cannot be swept: it is a list")]
    [InlineData("training", "is a section; expected one of its keys, such as training.epochs")]
    [InlineData(
        "process.override",
        "is a section; expected one of its keys, such as process.override.device.reference_temperature"
    )]
    public void Key_that_cannot_be_swept_is_refused_with_the_reason(string key, string reason) =>
        AssertRefused($"{key}: [1, 2]", $"51:5: {{0}}: {reason}");

    // What is wrong only together with the rest of the study: the value is in range by itself.
    [Theory]
    [InlineData(
        "design.cells.dac.width: [2 um, 0.2 um]",
        "51:36: {0}[1]: 0.2 um is smaller than the process allows; expected at least 0.42 um"
    )]
    [InlineData(
        "design.cells.dac.width: { from: 0.2 um, to: 2 um, count: 2 }",
        "51:29: {0}: 0.2 um is smaller than the process allows; expected at least 0.42 um"
    )]
    [InlineData(
        "process.card: [sky130-nfet-01v9]",
        "51:20: {0}[0]: unknown card 'sky130-nfet-01v9'; did you mean 'sky130-nfet-01v8'?"
    )]
    [InlineData(
        "process.override.device.minimum_length: [0.1 um, 1 um]",
        "35:38: design.cells.switch.length: 0.5 um is smaller than the process allows; expected at least 1 um (in the sweep at process.override.device.minimum_length=1 um)"
    )]
    [InlineData(
        "temperature.from: [0 C, 100 C]",
        "41:14: temperature: from (100 C) is above to (85 C); expected from below to (in the sweep at temperature.from=100 C)"
    )]
    [InlineData(
        "temperature.mean: [0 C]",
        "41:14: temperature: from, to and mean are set together; expected one of value; from and to; mean and sigma; values (in the sweep at temperature.mean=0 C)"
    )]
    [InlineData(
        "noise.seed: [1]",
        "51:18: noise: missing key 'shot' (Shot noise of the currents at each memory capacitor) (in the sweep at noise.seed=1)"
    )]
    public void Value_that_does_not_go_with_the_study_is_refused_with_its_point(string entry, string message) =>
        AssertRefused(entry, message);

    [Theory]
    [InlineData("  cross: 5\n", "50:10: sweep.cross: expected keys and values")]
    [InlineData("  crss: {}\n", "50:3: sweep: unknown key 'crss'; did you mean 'cross'?")]
    [InlineData("  cross: { [a]: [1] }\n", "50:12: sweep.cross: expected a key, such as training.learning_rate")]
    [InlineData(
        "  cross:\n    training: { l2: [1] }\n",
        "51:5: sweep.cross.training: is a section; expected one of its keys, such as training.epochs"
    )]
    [InlineData(
        "  cross:\n    training.l2: [1]\n  zip:\n    training.l2: [1]\n",
        "53:5: sweep.zip.training.l2: stands under sweep.cross too"
    )]
    [InlineData(
        "  zip:\n    training.l2: [1, 2]\n    training.epochs: [1, 2, 3]\n",
        "52:22: sweep.zip.training.epochs: has 3 values; expected 2, as training.l2 has"
    )]
    [InlineData(
        "  zip:\n    training.l2: [1, 2, 1]\n    training.epochs: [1, 1, 1]\n",
        "51:25: sweep.zip.training.l2[2]: values 1 and 3 of all keys under sweep.zip are the same"
    )]
    [InlineData(
        "  cross:\n    training.l2: { from: 0, to: 1, count: 101 }\n    training.learning_rate: { from: 1, to: 2, count: 100 }\n",
        "52:5: sweep: 101 x 100 are 10100 points; expected at most 10000"
    )]
    [InlineData(
        "  cross: { temperature.value: [1 C] }\n  zip:\n    temperature.from: [0 C]\n",
        "52:5: sweep.zip.temperature.from: temperature.value is swept too and takes its place; expected one of them"
    )]
    public void Bad_sweep_is_refused_at_its_place(string sweep, string message)
    {
        using var study = new TinyStudy(TinyStudy.Text + "sweep:\n" + sweep);
        Assert.Equal($"study.yaml:{message}", Refusal(study));
    }

    // Duplicate of one key of several in step is no duplicate.
    [Fact]
    public void Values_in_step_may_repeat_where_others_differ()
    {
        using var study = new TinyStudy(
            TinyStudy.Text + "sweep:\n  zip:\n    training.l2: [1, 1]\n    training.epochs: [1, 2]\n"
        );
        Assert.Equal("accepted", Refusal(study));
    }

    [Theory]
    [InlineData("training.l2", "expected key=[values], such as --sweep \"training.l2=[0.001, 0.01]\"")]
    [InlineData("=[1]", "expected key=[values], such as --sweep \"training.l2=[0.001, 0.01]\"")]
    [InlineData("l2=[1]", "unknown key 'l2'; did you mean 'training.l2'?")]
    [InlineData(
        "design.cells.*.width=[1 um, 2 um]",
        "expected one key; several that go in step stand in the study under sweep.zip"
    )]
    [InlineData("seed=[1, 2]", "seed: cannot be swept: all points have the same dies")]
    [InlineData(
        "training.l2=[0, -1]",
        "training.l2[1]: '-1' is out of range; expected a number from 0 up to 10, such as 0.001"
    )]
    [InlineData("training.l2=0.1", "training.l2: expected a list, such as [0.001], or a range of from, to and count")]
    [InlineData("training.l2={from: 0, count: 2}", "training.l2: missing key 'to' (Last value)")]
    [InlineData("training.l2={from: 0, to: 1, count: 1}", "training.l2.count: '1' is out of range; " + Count)]
    [InlineData(
        "design.cells.dac.width=[0.2 um]",
        "design.cells.dac.width[0]: 0.2 um is smaller than the process allows; expected at least 0.42 um"
    )]
    public void Bad_option_is_refused_with_its_text(string sweep, string message)
    {
        using var study = new TinyStudy();
        Assert.Equal($"--sweep {sweep}: {message}", Refusal(study, sweep));
    }

    [Fact]
    public void Option_that_is_no_YAML_is_refused_with_its_text()
    {
        using var study = new TinyStudy();
        Assert.StartsWith("--sweep training.l2=[1: not valid YAML: ", Refusal(study, "training.l2=[1"));
    }

    [Theory]
    [InlineData("training.l2=0.5")]
    [InlineData("training.seed,training.l2=1")]
    [InlineData("*.l2=0.5")]
    public void Setting_of_a_swept_key_is_refused(string setting)
    {
        using var study = new TinyStudy();
        var refusal = Assert.Throws<StudyException>(() =>
            StudySweep.Read(study.Path, [StudyChange.Set(setting)], [StudyChange.Sweep("training.l2=[0.1]")])
        );
        Assert.Equal(
            $"--set {setting}: training.l2 is swept, so that no point would have this value; --sweep \"training.l2=[...]\" replaces its values",
            refusal.Message
        );
    }

    // Found when a point is prepared, long after it was read.
    [Fact]
    public void Later_mistake_of_a_point_is_told_with_its_place_as_well()
    {
        using var study = new TinyStudy(TinyStudy.With("specs:\n  - accuracy >= 0.9", "specs:\n  - acuracy >= 0.9"));
        var points = StudySweep.Read(study.Path, [], [StudyChange.Sweep("training.l2=[0, 1]")]).Points;
        var refusal = Assert.Throws<StudyException>(() => Studies.Runs.PreparedStudy.Of(points[1].File));
        Assert.EndsWith(
            "study.yaml:45:5: specs[0]: unknown metric 'acuracy'; did you mean 'accuracy'? (in the sweep at training.l2=1)",
            refusal.Message
        );
    }

    // "{0}" in a message stands for the key under sweep.cross.
    private static void AssertRefused(string entry, string message)
    {
        using var study = new TinyStudy(TinyStudy.Text + $"sweep:\n  cross:\n    {entry}\n");
        string key = "sweep.cross." + entry.Split(": ")[0];
        Assert.Equal($"study.yaml:{message.Replace("{0}", key)}", Refusal(study));
    }

    private static string Refusal(TinyStudy study, params string[] sweeps)
    {
        try
        {
            StudySweep.Read(study.Path, [], [.. sweeps.Select(StudyChange.Sweep)]);
        }
        catch (StudyException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return e.Message.Replace(Path.GetDirectoryName(study.Path) + Path.DirectorySeparatorChar, "");
        }
        return "accepted";
    }
}
