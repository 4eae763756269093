using Xunit;
using YieldLab.Circuits.Accelerators;
using YieldLab.Studies.Processes;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Text;

/// <summary>What a good study file becomes.</summary>
public class StudyFileTests
{
    [Fact]
    public void Values_arrive_in_SI_units_under_their_keys()
    {
        using var tiny = new TinyStudy();
        Study study = tiny.Read().Study;
        Assert.Equal("tiny", study.Name);
        Assert.Equal(LearningTask.Softmax, study.Task);
        Assert.Equal(0.25, study.Data.Split.Test);
        Assert.Equal(SplitMethod.Stratified, study.Data.Split.Method);
        Assert.Equal(2, study.Training.Epochs);
        Assert.Equal(1e-6, study.Training.PresentationTime);
        Assert.Equal(10e-9, study.Design.UnitCurrent);
        Assert.Equal(0.5e-6, study.Design.Cells.Switch.Length);
        Assert.Equal(1e-3, Assert.Single(study.Hold));
        Assert.Equal(["accuracy >= 0.9", "cross_entropy < 2"], study.Specs.Select(spec => spec.ToString()));
        Assert.True(study.Variation.Leakage);
        Assert.True(study.Output.Epochs);
        Assert.Equal((20, 1), (study.Samples, study.Seed));
    }

    [Fact]
    public void Keys_that_may_be_left_out_have_their_defaults()
    {
        using var tiny = new TinyStudy(
            TinyStudy.With("hold: [1 ms]\noutput: { epochs: on, target: accuracy >= 0.9 }\n", "")
        );
        Study study = tiny.Read().Study;
        Assert.Empty(study.Hold);
        Assert.False(study.Output.Epochs);
        Assert.Null(study.Output.Target);
        Assert.Equal(
            (1L, Precision.Single, 16),
            (study.Training.Seed, study.Training.Precision, study.Training.MaxSteps)
        );
    }

    [Fact]
    public void Override_replaces_its_value_of_the_card_and_no_other()
    {
        using var tiny = new TinyStudy();
        var card = ProcessLibrary.Card("sky130-nfet-01v8");
        var overridden = tiny.Read().Card;
        Assert.Equal(1.4, card.Device.SlopeFactor);
        Assert.Equal(card.Device with { SlopeFactor = 1.5 }, overridden.Device);
        Assert.Equal(card.Mismatch, overridden.Mismatch);
        Assert.Equal(card.DieToDie, overridden.DieToDie);
    }

    [Fact]
    public void Card_of_ones_own_is_read_beside_the_study_with_or_without_sources()
    {
        using var tiny = new TinyStudy(
            TinyStudy.With("card: sky130-nfet-01v8", "card: mine.yaml").Replace("{ slope_factor: 1.5 }", "{}")
        );
        string text = ProcessLibrary.Text("sky130-nfet-01v8");
        string withSource = "slope_factor:\n    value: 1.40\n";
        Assert.Contains(withSource, text.ReplaceLineEndings("\n"));
        tiny.Write("mine.yaml", text.ReplaceLineEndings("\n").Replace("    value: 1.40\n", "    value: 1.25\n"));
        Assert.Equal(1.25, tiny.Read().Card.Device.SlopeFactor);
        tiny.Write("mine.yaml", text.Replace("minimum_length: { value: 0.15 um", "minimum_length: 0.25 um #"));
        Assert.Equal(0.25e-6, tiny.Read().Card.Device.MinimumLength);
    }

    [Fact]
    public void Mistake_in_a_card_of_ones_own_is_refused_at_its_place_in_the_card()
    {
        using var tiny = new TinyStudy(
            TinyStudy
                .With("card: sky130-nfet-01v8", "card: mine.yaml")
                .Replace("  override:\n    device: { slope_factor: 1.5 }\n", "")
        );
        tiny.Write("mine.yaml", "name: mine\ndevice: { slope_factor: 5 }\n");
        Assert.StartsWith("mine.yaml:2:", tiny.Refusal());
    }
}
