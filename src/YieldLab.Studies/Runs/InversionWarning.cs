using System.Globalization;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Technology;

namespace YieldLab.Studies.Runs;

/// <summary>Says where a study is computed in weak inversion though its currents are too large for that.</summary>
internal static class InversionWarning
{
    /// <summary>The warning in one line, or null where there is nothing to warn of.</summary>
    /// <param name="model">The nominal circuit.</param>
    /// <param name="extent">Lowest and highest temperature of the dies, in kelvin.</param>
    public static string? Of(AcceleratorModel model, (double Low, double High) extent)
    {
        if (model.Fidelity != Fidelity.WeakInversion)
            return null;
        // Bias and specific current are powers of the temperature, so their ratio is largest at an end.
        var (inversion, kelvin) = new[] { extent.Low, extent.High }
            .SelectMany(kelvin => model.Inversions(kelvin).Select(inversion => (inversion, kelvin)))
            .MaxBy(pair => pair.inversion.Value / Limit(pair.inversion.Current));
        double limit = Limit(inversion.Current);
        return inversion.Value <= limit
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the {Name(inversion.Current)} reaches an inversion coefficient of {inversion.Value:g3} at {kelvin - PhysicalConstants.ZeroCelsius:0.#} C; weak inversion is right within 1 % of full scale up to {limit}: use fidelity: ekv"
            );
    }

    // Up to where the outputs of the studies that ship agree with EKV within 1 % of full scale, rms: measured in
    // docs/fidelity.md for the unit and the gain current. The cross-coupling current, at most the gain current in those
    // studies, has the gain current's limit and none measured by itself.
    private static double Limit(BiasCurrent current) => current == BiasCurrent.Unit ? 0.01 : 0.02;

    private static string Name(BiasCurrent current) =>
        current switch
        {
            BiasCurrent.Unit => "unit current (design.unit_current)",
            BiasCurrent.Gain => "gain current (learning_rate C n UT/presentation_time)",
            _ => "cross-coupling current (cross_coupling times the gain current)",
        };
}
