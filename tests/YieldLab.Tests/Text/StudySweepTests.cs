using System.Text.Json;
using CsCheck;
using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Studies;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Text;

/// <summary>What points a sweep has, in which order, and that each is the study that <c>--set</c> makes.</summary>
public class StudySweepTests
{
    private const string CrossAndZip = """
        sweep:
          cross:
            training.learning_rate: [0.05, 0.1]
            fidelity: [weak-inversion, ekv]
          zip:
            temperature.from: [-40 C, 0 C, 20 C]
            temperature.to: [0 C, 60 C, 85 C]

        """;

    [Fact]
    public void Without_a_sweep_the_study_is_its_only_point()
    {
        using var tiny = new TinyStudy();
        StudySweep sweep = Read(tiny);
        Assert.Empty(sweep.Keys);
        SweepPoint point = Assert.Single(sweep.Points);
        Assert.Same(sweep.Base, point.File);
        Assert.Equal(0, point.Index);
        Assert.Empty(point.Values);
        Assert.Empty(tiny.Read().Changes);
    }

    [Theory]
    [InlineData("sweep: {}\n")]
    [InlineData("sweep: { cross: {} }\n")]
    public void Empty_sweep_is_none(string section)
    {
        using var tiny = new TinyStudy(TinyStudy.Text + section);
        Assert.Empty(Assert.Single(Read(tiny).Points).Values);
    }

    // The order by hand: the first key slowest, the keys in step together fastest.
    [Fact]
    public void First_key_varies_slowest_and_the_keys_in_step_fastest()
    {
        using var tiny = new TinyStudy(TinyStudy.Text + CrossAndZip);
        StudySweep sweep = Read(tiny);
        Assert.Equal(
            ["training.learning_rate", "fidelity", "temperature.from", "temperature.to"],
            sweep.Keys.Select(key => key.Key)
        );
        object[][] expected =
        [
            .. from rate in new[] { 0.05, 0.1 }
            from fidelity in new[] { "weak-inversion", "ekv" }
            from ends in new[] { (-40.0, 0.0), (0, 60), (20, 85) }
            select new object[] { rate, fidelity, ends.Item1, ends.Item2 },
        ];
        Assert.Equal(expected, sweep.Points.Select(point => point.Values));
        Assert.Equal(Enumerable.Range(0, 12), sweep.Points.Select(point => point.Index));
        Study last = sweep.Points[^1].File.Study;
        Assert.Equal((0.1, Fidelity.Ekv), (last.Training.LearningRate, last.Fidelity));
        Assert.Equal((293.15, 358.15, 2), (last.Temperature.From, last.Temperature.To, last.Temperature.Gradient));
        Assert.Equal(
            ["training.learning_rate=0.1", "fidelity=ekv", "temperature.from=20 C", "temperature.to=85 C"],
            sweep.Points[^1].Settings
        );
    }

    [Fact]
    public void Study_with_a_sweep_is_read_without_it_elsewhere()
    {
        using var tiny = new TinyStudy(TinyStudy.Text + CrossAndZip);
        using var plain = new TinyStudy();
        AssertSame(plain.Read(), tiny.Read());
        AssertSame(plain.Read(), Read(tiny).Base);
        Assert.NotNull(tiny.Read().Study.Sweep!.Zip);
        Assert.All(Read(tiny).Points, point => Assert.Null(point.File.Study.Sweep));
        Assert.Equal("accepted", tiny.Refusal());
    }

    // Each row one sweep and the same values as --set takes them, over all kinds of keys.
    [Theory]
    [InlineData("training.learning_rate=[0.05]", "training.learning_rate=0.05")]
    [InlineData("training.epochs=[3]", "training.epochs=3")]
    [InlineData("training.order=[file]", "training.order=file")]
    [InlineData("training.seed=[7]", "training.seed=7")]
    [InlineData("variation.mismatch=[off]", "variation.mismatch=off")]
    [InlineData("design.capacitor=[500 fF]", "design.capacitor=0.5 pF")]
    [InlineData("design.cells.dac.width=[3 um]", "design.cells.dac.width=3 um")]
    [InlineData("data.split.test=[40 %]", "data.split.test=0.4")]
    [InlineData("converters.inputs=[8]", "converters.inputs=8")]
    [InlineData("noise.shot=[on]", "noise.shot=on")]
    [InlineData("temperature.from=[0 C]", "temperature.from=273.15 K")]
    [InlineData("temperature.gradient=[5 K]", "temperature.gradient=5 K")]
    [InlineData("temperature.value=[25 C]", "temperature={value: 25 C, gradient: 2 K}")]
    [InlineData("process.card=[gf180-nfet-03v3]", "process.card=gf180-nfet-03v3")]
    [InlineData("process.override.device.slope_factor=[1.3]", "process.override.device.slope_factor=1.3")]
    [InlineData("process.override.mismatch.threshold=[6 mV*um]", "process.override.mismatch.threshold=6 mV*um")]
    [InlineData("process.override.die_to_die.bias=[2 %]", "process.override.die_to_die.bias=0.02")]
    public void Point_is_the_study_that_the_same_setting_makes(string sweep, string setting)
    {
        using var tiny = new TinyStudy();
        SweepPoint point = Assert.Single(Read(tiny, sweep).Points);
        AssertSame(tiny.Read(setting), point.File);
        AssertSame(tiny.Read(), Read(tiny, sweep).Base);
    }

    // What is stored with a point's results, text and changes, is enough to make it again.
    [Fact]
    public void Changes_of_a_point_make_it_of_the_file()
    {
        using var tiny = new TinyStudy(TinyStudy.Text + CrossAndZip);
        foreach (SweepPoint point in Read(tiny, "process.override.capacitor.density=[1 fF/um^2]").Points)
            AssertSame(tiny.Read(point.File.Changes), point.File);
        using var hot = new TinyStudy();
        var sweep = StudySweep.Read(
            hot.Path,
            [StudyChange.Set("temperature.gradient=3 K"), StudyChange.Set("training.l2=0")],
            [StudyChange.Sweep("temperature.value={from: -40 C, to: 125 C, count: 3}")]
        );
        Assert.Equal(
            ["temperature.gradient=3 K", "training.l2=0", "temperature={gradient: 3 K, value: 42.5 C}"],
            sweep.Points[1].File.Changes
        );
        Assert.All(sweep.Points, point => AssertSame(hot.Read(point.File.Changes), point.File));
    }

    [Theory]
    [InlineData("my card: 1.yaml", "process.card=\"my card: 1.yaml\"")]
    [InlineData("a, b.yaml", "process.card=\"a, b.yaml\"")]
    public void Text_that_means_something_to_YAML_is_quoted_in_a_change(string name, string change)
    {
        using var tiny = new TinyStudy();
        tiny.Write(name, Studies.Processes.ProcessLibrary.Text("sky130-nfet-01v8"));
        StudyFile file = Assert.Single(Read(tiny, $"process.card=['{name}']").Points).File;
        Assert.Equal([change], file.Changes);
        AssertSame(tiny.Read(change), file);
    }

    [Theory]
    [InlineData("temperature: { mean: 40 C, sigma: 10 K, gradient: 2 K }")]
    [InlineData("temperature: { values: [0 C, 10 C], gradient: 2 K }")]
    [InlineData("temperature: { value: 27 C, gradient: 2 K }")]
    [InlineData("temperature: { from: -40 C, gradient: 2 K, to: 85 C }")]
    public void Swept_temperature_takes_the_place_of_what_gave_it_and_the_gradient_stays(string section)
    {
        using var tiny = new TinyStudy(
            TinyStudy.With("temperature: { from: -40 C, to: 85 C, gradient: 2 K }", section)
        );
        StudySweep sweep = Read(tiny, "temperature.value=[-40 C, 300 K]");
        Assert.Equal(
            [
                [-40.0],
                [26.85],
            ],
            sweep.Points.Select(point => point.Values)
        );
        Assert.All(
            sweep.Points.Zip([-40 + 273.15, 300]),
            pair =>
                Assert.Equal(
                    new TemperatureSettings { Value = pair.Second, Gradient = 2 },
                    pair.First.File.Study.Temperature
                )
        );
    }

    // Only a card that a key changes is read again; the same values give the same card wherever they stand.
    [Fact]
    public void Process_card_varies_with_its_keys_whatever_varies_beside_them()
    {
        using var tiny = new TinyStudy();
        var sweep = Read(
            tiny,
            "process.override.device.slope_factor=[1.2, 1.3]",
            "process.card=[sky130-nfet-01v8, gf180-nfet-03v3]",
            "training.epochs=[1, 2]"
        );
        foreach (SweepPoint point in sweep.Points)
        {
            AssertSame(tiny.Read(point.Settings), point.File);
            Assert.Equal(point.Values[0], point.File.Card.Device.SlopeFactor);
        }
        Assert.Equal(4, sweep.Points.Select(point => point.File.Card).Distinct().Count());
    }

    [Fact]
    public void Option_replaces_the_values_of_a_key_at_its_place_and_adds_others_after()
    {
        using var tiny = new TinyStudy(TinyStudy.Text + CrossAndZip);
        StudySweep sweep = Read(
            tiny,
            "training.l2=[0, 0.1]",
            "training.learning_rate=[0.3, 0.4]",
            "training.learning_rate = [0.2]"
        );
        Assert.Equal(
            ["training.learning_rate", "fidelity", "training.l2", "temperature.from", "temperature.to"],
            sweep.Keys.Select(key => key.Key)
        );
        Assert.Equal(2 * 2 * 3, sweep.Points.Count);
        Assert.Equal([0.2, "weak-inversion", 0.1, -40.0, 0.0], sweep.Points[3].Values);
    }

    [Fact]
    public void Option_takes_a_key_out_of_those_in_step()
    {
        using var tiny = new TinyStudy(TinyStudy.Text + CrossAndZip);
        StudySweep sweep = Read(tiny, "temperature.from=[-20 C]");
        Assert.Equal(
            ["training.learning_rate", "fidelity", "temperature.from", "temperature.to"],
            sweep.Keys.Select(key => key.Key)
        );
        Assert.Equal([0.05, "weak-inversion", -20.0, 60.0], sweep.Points[1].Values);
    }

    [Fact]
    public void Keys_have_the_units_of_their_values_and_names_for_columns()
    {
        using var tiny = new TinyStudy();
        var keys = Read(
            tiny,
            "design.capacitor=[1 pF]",
            "temperature.value=[27 C]",
            "temperature.gradient=[1 K]",
            "training.epochs=[1]",
            "process.override.mismatch.threshold=[5 mV*um]",
            "process.override.device.reference_temperature=[27 C]",
            "process.card=[sky130-nfet-01v8]",
            "variation.leakage=[on]"
        ).Keys;
        Assert.Equal(
            [
                new(
                    "design.capacitor",
                    "design_capacitor",
                    true,
                    "F",
                    "Nominal memory capacitor C of each half of a weight"
                ),
                new("temperature.value", "temperature_value", true, "C", "All dies at one temperature"),
                new(
                    "temperature.gradient",
                    "temperature_gradient",
                    true,
                    "K",
                    "Difference across the array, peak to peak, in a direction random for each die"
                ),
                new("training.epochs", "training_epochs", true, "1", "Passes over the training set"),
                new(
                    "process.override.mismatch.threshold",
                    "process_override_mismatch_threshold",
                    true,
                    "V*m",
                    "Threshold mismatch of a pair (AVT)"
                ),
                new(
                    "process.override.device.reference_temperature",
                    "process_override_device_reference_temperature",
                    true,
                    "C",
                    "Temperature at which the parameters hold (Tref)"
                ),
                keys[6],
                keys[7],
            ],
            keys
        );
        Assert.Equal(("process_card", false, "1"), (keys[6].Column, keys[6].IsNumber, keys[6].Unit));
        Assert.Equal(("variation_leakage", false, "1"), (keys[7].Column, keys[7].IsNumber, keys[7].Unit));
    }

    [Fact]
    public void Switches_are_on_and_off_however_they_are_written()
    {
        using var tiny = new TinyStudy();
        Assert.Equal(
            ["on", "off"],
            Read(tiny, "variation.leakage=[true, no]").Points.Select(point => Assert.Single(point.Values))
        );
    }

    // The most that a sweep may have, and each still a study of its own.
    [Fact]
    public void Ten_thousand_points_are_accepted()
    {
        using var tiny = new TinyStudy();
        var points = Read(
            tiny,
            "training.l2={from: 0.01, to: 1, count: 100}",
            "design.cells.dac.width={from: 1 um, to: 100 um, count: 100}"
        ).Points;
        Assert.Equal(10_000, points.Count);
        Study study = points[1234].File.Study;
        Assert.Equal((0.13, 35e-6), (study.Training.L2, study.Design.Cells.Dac.Width));
        Assert.Same(points[0].File.Card, points[^1].File.Card);
    }

    private static StudySweep Read(TinyStudy study, params string[] sweeps) =>
        StudySweep.Read(study.Path, [], [.. sweeps.Select(StudyChange.Sweep)]);

    // All numbers, choices and lists, in shortest decimals that only one double has.
    private static void AssertSame(StudyFile expected, StudyFile actual)
    {
        Assert.Equal(Text(expected.Study), Text(actual.Study));
        Assert.Equal(JsonSerializer.Serialize(expected.Card), JsonSerializer.Serialize(actual.Card));

        static string Text(Study study) =>
            JsonSerializer.Serialize(study with { Sweep = null, Process = study.Process with { Override = null } })
            + string.Join(", ", study.Specs);
    }
}
