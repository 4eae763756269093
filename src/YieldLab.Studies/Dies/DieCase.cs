using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Dies;

/// <summary>
/// One die written out whole: circuit, cell errors, examples. What a case file holds, whether the die was drawn by a
/// study, measured on silicon or made up.
/// </summary>
public sealed record DieCase
{
    /// <summary>Circuit and rule. Cell sizes play no part: the errors are given, not drawn.</summary>
    public required AcceleratorModel Model { get; init; }

    public required GivenErrors Errors { get; init; }
    public required Examples Training { get; init; }

    /// <summary>For each epoch, the order of the training examples.</summary>
    public required IReadOnlyList<int[]> Orders { get; init; }

    /// <summary>Examples to predict; they may lack targets.</summary>
    public required Examples Test { get; init; }

    /// <summary>Seconds after training at which to predict again.</summary>
    public required IReadOnlyList<double> Hold { get; init; }

    /// <summary>What the die keeps on the test examples for the time that is asked for; null if none is.</summary>
    public Spec? Retention { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>How time is stepped; null to let <see cref="DieSolver"/> choose.</summary>
    public StepPlan? Plan { get; init; }

    /// <summary>Most integration steps a presentation that a plan may have where none is given.</summary>
    public int MostSteps { get; init; } = 256;

    /// <summary>Bits of the readout; null for an ideal one. Inputs and targets are behind their converters already.</summary>
    public int? ReadoutBits { get; init; }

    /// <summary>Seed of the shot noise and the die that it is drawn for; null for none.</summary>
    public (long Seed, long Die)? Noise { get; init; }

    /// <summary>In a regression, how much of the target's own unit is 1 in the circuit.</summary>
    public double TargetUnit { get; init; } = 1;

    /// <summary>Die k of a study.</summary>
    /// <exception cref="StudyException">The index is negative, or the draw is no possible die.</exception>
    public static DieCase Of(PreparedStudy study, long die)
    {
        if (die < 0)
            throw new StudyException($"--die {die}: expected 0 or more");
        if (study.Draws.Points is { } points && die >= points.Dies)
            throw new StudyException(
                $"--die {die}: the study's points are for {points.Dies} dies; expected 0 to {points.Dies - 1}"
            );
        if (die >= study.Table?.Rows)
            throw new StudyException(
                $"--die {die}: {study.File.Study.Sampling.Table} has dies 0 to {study.Table.Rows - 1}"
            );
        DrawnErrors errors = study.Errors([die, die, die, die, die, die, die, die]);
        if (errors.Conditions(0).Impossible is { } reason)
            throw new StudyException($"--die {die}: impossible die: {reason}");
        return new()
        {
            Model = study.Model,
            Errors = GivenErrors.Of(errors, 0, study.Model.Shape),
            Training = study.Train,
            Orders = study.Problem.Orders,
            Test = new(Rows(study.Test), Targets(study.Problem.Test)),
            ReadoutBits = study.Converters.Readout,
            Noise = study.Noise is { } noise ? ((long)noise.Seed, die) : null,
            Hold = study.File.Study.Hold,
            Retention = study.File.Study.Output.Retention,
            Precision = study.File.Study.Training.Precision,
            Plan = study.Plan,
            MostSteps = study.File.Study.Training.MaxSteps,
            TargetUnit = study.Problem.TargetUnit,
        };
    }

    /// <summary>Presentations for which a netlist is written where nobody says how many.</summary>
    public const int UsualPresentations = 20;

    /// <summary>The examples that are presented first, in their order: at most one epoch.</summary>
    /// <param name="count">How many, or null for up to <see cref="UsualPresentations"/>.</param>
    /// <exception cref="StudyException">The first epoch has fewer.</exception>
    public int[] FirstPresentations(int? count)
    {
        int epoch = Orders[0].Length;
        return count > epoch
            ? throw new StudyException($"--examples {count}: an epoch has {epoch} presentations")
            : Orders[0][..Math.Min(count ?? UsualPresentations, epoch)];
    }

    private static double[][] Rows(Examples examples) =>
        [.. Enumerable.Range(0, examples.Count).Select(e => examples.Input(e)[..^1].ToArray())];

    private static double[][] Targets(Examples examples) =>
        [.. Enumerable.Range(0, examples.Count).Select(e => examples.Target(e).ToArray())];
}
