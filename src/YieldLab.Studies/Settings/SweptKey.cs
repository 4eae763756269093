namespace YieldLab.Studies.Settings;

/// <summary>A key that a sweep varies.</summary>
/// <param name="Key">Its path, such as design.capacitor.</param>
/// <param name="Column">Name of a column of its values, unlike those of all columns of a study's tables.</param>
/// <param name="IsNumber">Whether its values are numbers; otherwise they are texts.</param>
/// <param name="Unit">Unit of the values; C for a temperature, K for a difference of temperatures, 1 for texts.</param>
/// <param name="Meaning">What it means, in one sentence.</param>
public sealed record SweptKey(string Key, string Column, bool IsNumber, string Unit, string Meaning);

/// <summary>One study of a sweep.</summary>
/// <param name="Index">Number of the point, from 0.</param>
/// <param name="Values">Of each key: a double in the key's unit, or a text as it stands in a file.</param>
/// <param name="File">The study with these values. Its changes make it of the swept study's file.</param>
public sealed record SweepPoint(int Index, IReadOnlyList<object> Values, StudyFile File)
{
    /// <summary>The values as a file has them, "key=value".</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
