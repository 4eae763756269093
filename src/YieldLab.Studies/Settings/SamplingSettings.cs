using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Designs;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>How the dies of a study are chosen from all that could be made.</summary>
public sealed record SamplingSettings
{
    private const int UsualRandomisations = 16;

    [Meaning(
        "monte-carlo: independent dies; latin-hypercube and sobol: what the cells of a die share, and the loops of its outputs and inputs, spread more evenly than chance does"
    )]
    public SamplingMethod Method { get; init; } = SamplingMethod.MonteCarlo;

    [Parameter(
        "1",
        "Independent randomisations that share the dies of latin-hypercube or sobol; the error is estimated between them (default 16)",
        Min = 8,
        Max = 1024,
        Example = "16"
    )]
    public int? Randomisations { get; init; }

    [Meaning(
        "CSV or Parquet file, relative to the study file, with a row for each die: any of temperature_c, threshold_shift_v, beta_shift, capacitance_shift, bias_shift, leakage_shift, as measured on silicon or stored by a run; what has no column is drawn, by the method monte-carlo"
    )]
    public string? Table { get; init; }

    /// <summary>The point set for a number of dies; null for independent dies.</summary>
    /// <param name="seed">Of the silicon.</param>
    /// <param name="dimensions">Coordinates of a point.</param>
    /// <param name="dies">How many.</param>
    public PointSet? Points(ulong seed, int dimensions, long dies) =>
        Method switch
        {
            SamplingMethod.LatinHypercube => new LatinHypercube(seed, dimensions, Replicates, dies),
            SamplingMethod.Sobol => new SobolPoints(seed, dimensions, Replicates),
            _ => null,
        };

    /// <summary>What does not fit, with its key; null where all does.</summary>
    /// <param name="samples">Dies of the study.</param>
    public (string Key, string Message)? Problem(long samples) =>
        Method switch
        {
            SamplingMethod.MonteCarlo when Randomisations is not null => (
                "sampling.randomisations",
                "independent dies have none; expected the method latin-hypercube or sobol"
            ),
            SamplingMethod.MonteCarlo => null,
            _ when Table is not null => (
                "sampling.table",
                "the table gives the dies that the method would choose; expected a table or another method than monte-carlo, not both"
            ),
            _ when samples % Replicates != 0 => (
                "samples",
                $"{samples} dies cannot be shared evenly among {Replicates} randomisations; expected a multiple of {Replicates}, such as {(samples / Replicates + 1) * Replicates}"
            ),
            SamplingMethod.LatinHypercube when samples > LatinHypercube.MostDies => (
                "samples",
                $"{samples} dies are too many for latin-hypercube, which keeps its orders in memory; expected at most {LatinHypercube.MostDies}, or the method sobol"
            ),
            SamplingMethod.Sobol when samples > Replicates * SobolPoints.MostPoints => (
                "samples",
                $"a sobol sequence has {SobolPoints.MostPoints} points; expected at most {Replicates * SobolPoints.MostPoints} dies in {Replicates} randomisations"
            ),
            _ => null,
        };

    private int Replicates => Randomisations ?? UsualRandomisations;
}

public enum SamplingMethod
{
    MonteCarlo,
    LatinHypercube,
    Sobol,
}
