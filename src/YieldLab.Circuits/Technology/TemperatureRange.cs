using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Technology;

/// <summary>How the dies' temperatures are chosen, in kelvin.</summary>
public abstract record TemperatureRange
{
    private static readonly RandomStream Stream = new("silicon/temperature");

    /// <summary>Lowest and highest temperature that the range stands for; for a normal one, 4 sigma either way.</summary>
    public abstract (double Low, double High) Extent { get; }

    /// <summary>The temperature of one die, in kelvin.</summary>
    public abstract double Of(AddressedDraws draws, long die);

    /// <summary>All dies at one temperature.</summary>
    public sealed record Fixed(double Kelvin) : TemperatureRange
    {
        public override (double, double) Extent => (Kelvin, Kelvin);

        public override double Of(AddressedDraws draws, long die) => Kelvin;
    }

    /// <summary>Uniform between two temperatures.</summary>
    public sealed record Uniform(double Low, double High) : TemperatureRange
    {
        public override (double, double) Extent => (Low, High);

        public override double Of(AddressedDraws draws, long die) => Low + (High - Low) * draws.Uniform(Stream, die, 0);
    }

    /// <summary>Normal; not truncated.</summary>
    public sealed record Normal(double Mean, double Sigma) : TemperatureRange
    {
        public override (double, double) Extent => (Mean - 4 * Sigma, Mean + 4 * Sigma);

        public override double Of(AddressedDraws draws, long die) => Mean + Sigma * draws.Normal(Stream, die, 0);
    }

    /// <summary>A list that the dies take in turn: die k has entry k modulo the length.</summary>
    public sealed record Listed(IReadOnlyList<double> Kelvin) : TemperatureRange
    {
        public override (double, double) Extent => (Kelvin.Min(), Kelvin.Max());

        public override double Of(AddressedDraws draws, long die) => Kelvin[(int)(die % Kelvin.Count)];

        public bool Equals(Listed? other) => other is not null && Kelvin.SequenceEqual(other.Kelvin);

        public override int GetHashCode() => Kelvin.Count;
    }
}
