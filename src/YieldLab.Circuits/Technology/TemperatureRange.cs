using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Technology;

/// <summary>How the dies' temperatures are chosen, in kelvin.</summary>
public abstract record TemperatureRange
{
    private static readonly RandomStream Stream = new("silicon/temperature");

    /// <summary>Lowest and highest temperature that the range stands for; for a normal one, 4 sigma either way.</summary>
    public abstract (double Low, double High) Extent { get; }

    /// <summary>Whether the temperature of a die is drawn: false where all have the same.</summary>
    public abstract bool IsDrawn { get; }

    /// <summary>The temperature of one die, in kelvin.</summary>
    public abstract double Of(DieDraws draws, long die);

    /// <summary>The draw of a range that has one.</summary>
    public static DrawAddress Address => new(Stream, 0);

    /// <summary>The draw of this range; none where all dies have the same temperature.</summary>
    public IEnumerable<DrawAddress> Addresses => IsDrawn ? [Address] : [];

    /// <summary>All dies at one temperature.</summary>
    public sealed record Fixed(double Kelvin) : TemperatureRange
    {
        public override (double, double) Extent => (Kelvin, Kelvin);

        public override bool IsDrawn => false;

        public override double Of(DieDraws draws, long die) => Kelvin;
    }

    /// <summary>Uniform between two temperatures.</summary>
    public sealed record Uniform(double Low, double High) : TemperatureRange
    {
        public override (double, double) Extent => (Low, High);

        public override bool IsDrawn => Low < High;

        public override double Of(DieDraws draws, long die) => Low + (High - Low) * draws.Uniform(Stream, die, 0);
    }

    /// <summary>Normal; not truncated.</summary>
    public sealed record Normal(double Mean, double Sigma) : TemperatureRange
    {
        public override (double, double) Extent => (Mean - 4 * Sigma, Mean + 4 * Sigma);

        public override bool IsDrawn => Sigma > 0;

        public override double Of(DieDraws draws, long die) => Mean + Sigma * draws.Normal(Stream, die, 0);
    }

    /// <summary>A list that the dies take in turn: die k has entry k modulo the length. In turn would mean along with what
    /// a point set does from point to point; there each entry stands for an equal part of (0, 1). So it does where
    /// the number of another die is taken, which must not depend on the die's own turn.</summary>
    public sealed record Listed(IReadOnlyList<double> Kelvin) : TemperatureRange
    {
        public override (double, double) Extent => (Kelvin.Min(), Kelvin.Max());

        public override bool IsDrawn => Kelvin.Distinct().Skip(1).Any();

        public override double Of(DieDraws draws, long die) =>
            draws.IsCentred(Stream)
                ? Kelvin.Order().ElementAt((Kelvin.Count - 1) / 2)
                : Kelvin[InTurn(draws) ? (int)(die % Kelvin.Count) : Part(draws.Uniform(Stream, die, 0))];

        public bool Equals(Listed? other) => other is not null && Kelvin.SequenceEqual(other.Kelvin);

        public override int GetHashCode() => Kelvin.Count;

        private static bool InTurn(DieDraws draws) => !draws.IsDesigned(Stream, 0) && !draws.IsMoved(Stream);

        // The largest uniform, 1 - 2^-53, times a length of up to 2^31 stays below that length.
        private int Part(double uniform) => (int)(uniform * Kelvin.Count);
    }
}
