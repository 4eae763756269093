using Xunit;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Text;

/// <summary>The key <c>stop</c> of a study: what it means and what is refused, with its place.</summary>
public class StopSettingsTests
{
    private const string Listed = "temperature={values: [-40 C, 27 C]}";

    private const string NoCommonProbability =
        "dies of listed temperatures have no common pass probability, which width and target need; expected a sweep of temperature.value, a range, or stop.after alone";

    [Fact]
    public void Study_without_the_key_never_stops_early() => Assert.Null(Read().Stop);

    [Fact]
    public void All_keys_are_read_in_their_units()
    {
        StopSettings stop = Read("stop={ width: 2 %, target: 95 %, confidence: 99 %, after: 1.5 h, least: 128 }").Stop!;
        Assert.Equal(
            new()
            {
                Width = 0.02,
                Target = 0.95,
                Confidence = 0.99,
                After = 5400,
                Least = 128,
            },
            stop
        );
        Assert.Equal(new StopRule(0.02, 0.95, 0.99, 128), stop.Rule);
    }

    [Fact]
    public void Confidence_is_95_percent_and_64_dies_are_the_fewest_where_nothing_is_said() =>
        Assert.Equal(new StopRule(null, 0.9, 0.95, 64), Read("stop={ target: 0.9 }").Stop!.Rule);

    [Fact]
    public void Time_alone_is_no_rule_of_the_yield()
    {
        StopSettings stop = Read("stop={ after: 10 min }", Listed).Stop!;
        Assert.Null(stop.Rule);
        Assert.Equal(600, stop.After);
    }

    // One temperature, or variation of temperature off: the dies have one pass probability.
    [Theory]
    [InlineData("temperature={values: [27 C, 27 C]}")]
    [InlineData("temperature={from: -40 C, to: 85 C}")]
    [InlineData("temperature={values: [-40 C, 27 C]}", "variation.temperature=off")]
    public void Dies_with_one_pass_probability_may_stop(params string[] changes) =>
        Assert.NotNull(Read([.. changes, "stop={ width: 2 % }"]).Stop!.Rule);

    [Theory]
    [InlineData("stop={ width: 2 % }", "stop.width")]
    [InlineData("stop={ width: 2 %, target: 90 % }", "stop.width")]
    [InlineData("stop={ target: 90 %, after: 1 h }", "stop.target")]
    public void Rule_of_the_yield_is_refused_where_dies_take_temperatures_in_turn(string stop, string key) =>
        Assert.Equal($"--set {stop}: {key}: {NoCommonProbability}", Refusal(Listed, stop));

    [Theory]
    [InlineData("stop: {}", "48:7: stop: nothing here stops a run; expected at least one of width, target, after")]
    [InlineData(
        "stop: { confidence: 95 %, least: 64 }",
        "48:7: stop: nothing here stops a run; expected at least one of width, target, after"
    )]
    [InlineData(
        "stop: { width: 0 % }",
        "48:16: stop.width: '0 %' is out of range; expected a number above 0 up to 0.99, such as 2 %"
    )]
    [InlineData(
        "stop: { target: 95 }",
        "48:17: stop.target: '95' is out of range; expected a number above 0 up to 0.999999, such as 95 %"
    )]
    [InlineData(
        "stop: { width: 2 %, confidence: 1 }",
        "48:33: stop.confidence: '1' is out of range; expected a number from 0.5 up to 0.999999, such as 95 %"
    )]
    [InlineData(
        "stop: { after: 10 }",
        "48:16: stop.after: '10' has no unit; expected a quantity in s above 0 s up to 1e+09 s, such as 1 h"
    )]
    [InlineData(
        "stop: { width: 2 %, least: 0 }",
        "48:28: stop.least: '0' is out of range; expected a number from 1 up to 1e+12, such as 64"
    )]
    [InlineData("stop: { wide: 2 % }", "48:9: stop: unknown key 'wide'; did you mean 'width'?")]
    public void Mistake_is_named_with_its_place(string stop, string message)
    {
        using var study = new TinyStudy(TinyStudy.With("seed: 1\n", stop + "\nseed: 1\n"));
        Assert.Equal($"study.yaml:{message}", study.Refusal());
    }

    private static Study Read(params string[] changes)
    {
        using var study = new TinyStudy();
        return study.Read(changes).Study;
    }

    private static string Refusal(params string[] changes)
    {
        using var study = new TinyStudy();
        return study.Refusal(changes);
    }
}
