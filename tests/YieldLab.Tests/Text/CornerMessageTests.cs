using Xunit;

namespace YieldLab.Tests.Text;

/// <summary>What a user reads who made a mistake in a corner, of the study or of a card.</summary>
public class CornerMessageTests
{
    private const string Range = "expected a quantity in V from -1 V up to 1 V, such as -25 mV";

    [Theory]
    [InlineData("tt")]
    [InlineData("ff")]
    [InlineData("sf")]
    public void A_corner_of_the_card_is_accepted(string corner) => AssertAnswer("accepted", $"corner={corner}");

    [Fact]
    public void Unknown_corner_is_refused_with_those_that_exist()
    {
        using var study = new TinyStudy(TinyStudy.With("seed: 1\n", "seed: 1\ncorner: slow\n"));
        Assert.Equal(
            "study.yaml:49:9: corner: sky130-nfet-01v8 has no corner 'slow'; expected one of tt, ff, ss, fs, sf",
            study.Refusal()
        );
        Assert.Equal(
            "--set corner=SS: corner: sky130-nfet-01v8 has no corner 'SS'; expected one of tt, ff, ss, fs, sf",
            study.Refusal("corner=SS")
        );
    }

    [Fact]
    public void A_list_of_the_study_replaces_that_of_the_card()
    {
        string hot = "process.override.corners=[{ name: hot, leakage: 1.5, source: measured }]";
        AssertAnswer("accepted", hot, "corner=hot");
        AssertAnswer(
            "--set corner=ss: corner: sky130-nfet-01v8 has no corner 'ss'; expected one of tt, hot",
            hot,
            "corner=ss"
        );
    }

    [Theory]
    [InlineData("[{ threshold: 1 mV }]", "process.override.corners[0]: missing key 'name'")]
    [InlineData("[{ name: a, betta: 1 % }]", "process.override.corners[0]: unknown key 'betta'; did you mean 'beta'?")]
    [InlineData(
        "[{ name: a, threshold: 5 V }]",
        $"process.override.corners[0].threshold: '5 V' is out of range; {Range}"
    )]
    [InlineData("[{ name: a, threshold: 5 }]", $"process.override.corners[0].threshold: '5' has no unit; {Range}")]
    [InlineData(
        "[{ name: a, beta: -100 % }]",
        "process.override.corners[0].beta: '-100 %' is out of range; expected a number above -1 up to 1, such as 6 %"
    )]
    [InlineData("{ a: { threshold: 5 mV } }", "process.override.corners: expected a list")]
    [InlineData("[{ name: a }, { name: a }]", "process.override.corners: the corner a is given twice")]
    [InlineData(
        "[{ name: tt }]",
        "process.override.corners: the corner tt is always there, without shifts; expected another name"
    )]
    [InlineData("[{ name: '' }]", "process.override.corners: a corner has no name; expected such as ff")]
    public void Mistake_in_a_list_of_corners_is_named(string corners, string message) =>
        AssertAnswer($"--set process.override.corners={corners}: {message}", $"process.override.corners={corners}");

    private static void AssertAnswer(string answer, params string[] changes)
    {
        using var study = new TinyStudy();
        Assert.Equal(answer, study.Refusal(changes));
    }
}
