namespace YieldLab.MonteCarlo.Runs;

/// <summary>A value that all dies of a point of a sweep share, stored with each of them.</summary>
/// <param name="Column">Where it is stored: a real or a text column.</param>
/// <param name="Value">A double or a string.</param>
public sealed record PointValue(Column Column, object Value);

/// <summary>One setting of a study whose dies are run.</summary>
/// <param name="Name">Its folder below each table, such as <c>point=00003</c>; empty where the study has one point only.
/// </param>
/// <param name="Swept">What tells it from the other points; empty where there is one only.</param>
/// <param name="Model">Computes its dies.</param>
public sealed record RunPoint(string Name, IReadOnlyList<PointValue> Swept, IDieModel Model)
{
    /// <summary>The only point of a study without a sweep.</summary>
    public static RunPoint Only(IDieModel model) => new("", [], model);

    /// <summary>Name of a point of a sweep by its number: a Hive partition, which readers of partitioned Parquet show as a
    /// column <c>point</c>.</summary>
    public static string NameOf(int number) => $"point={number:00000}";
}
