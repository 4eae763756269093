namespace YieldLab.Circuits.Technology;

/// <summary>
/// The one declaration of a parameter: unit, range and meaning. Reading a file, checking a value built in code, the
/// editor schema and the help all read it here.
/// </summary>
/// <param name="unit">SI unit such as "V", "F/m^2" or "m"; "1" for a plain number or ratio; "K" for an absolute temperature.</param>
/// <param name="meaning">What it is, in one sentence, with its symbol where there is one.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string unit, string meaning) : Attribute
{
    public string Unit { get; } = unit;

    public string Meaning { get; } = meaning;

    /// <summary>Smallest allowed value, in <see cref="Unit"/>.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest allowed value, in <see cref="Unit"/>.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>True where <see cref="Min"/> itself is not allowed.</summary>
    public bool MinExcluded { get; init; }

    /// <summary>How a user would write a typical value: shown in error messages and in the schema.</summary>
    public string Example { get; init; } = "";

    /// <summary>Whether a value in <see cref="Unit"/> is inside the range.</summary>
    public bool Allows(double value) =>
        double.IsFinite(value) && value <= Max && (MinExcluded ? value > Min : value >= Min);
}
