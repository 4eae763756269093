namespace YieldLab.MonteCarlo.Runs;

/// <summary>What a column holds, and as what it is stored in Parquet.</summary>
public enum ColumnType
{
    /// <summary>INT64, never null.</summary>
    Integer,

    /// <summary>DOUBLE; null where the number does not exist, as for a failed die.</summary>
    Real,

    /// <summary>BOOLEAN, never null.</summary>
    Truth,

    /// <summary>UTF-8 string; null where there is nothing to say.</summary>
    Text,
}

/// <summary>A column of a study's table. Unit and meaning are stored with the data.</summary>
/// <param name="Name">Lower-case, words joined by underscores.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Unit">SI unit, "C" for degrees Celsius, "%" or "1" for a plain number.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="IsMetric">True where it measures how well a die works, so that a specification can name it.</param>
public sealed record Column(string Name, ColumnType Type, string Unit, string Meaning, bool IsMetric = false)
{
    /// <summary>Smallest value that there can be.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value that there can be.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>True where null of a die that did not fail means never, so that quantiles and specifications count it as
    /// infinite.</summary>
    public bool NullIsNever { get; init; }
}
