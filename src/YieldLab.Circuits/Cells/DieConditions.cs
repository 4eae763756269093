using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Cells;

/// <summary>What all cells of a die share.</summary>
/// <param name="Temperature">At the array's centre, in kelvin.</param>
/// <param name="Gradient">Temperature rise across the array along its inputs and its outputs, in kelvin.</param>
/// <param name="Shifts">Global shifts, indexed by <see cref="GlobalShift"/>.</param>
public sealed record DieConditions(double Temperature, (double Inputs, double Outputs) Gradient, double[] Shifts)
{
    internal static readonly RandomStream GradientStream = new("silicon/temperature_gradient");

    public double this[GlobalShift shift] => Shifts[(int)shift];

    /// <summary>Why such a die cannot exist, or null: a shift so far in the tail that a current or a capacitance would
    /// be negative.</summary>
    public string? Impossible =>
        1 + this[GlobalShift.Beta] <= 0 ? "the current-factor shift is below -100 %"
        : 1 + this[GlobalShift.Capacitance] <= 0 ? "the capacitance shift is below -100 %"
        : 1 + this[GlobalShift.Bias] <= 0 ? "the bias shift is below -100 %"
        : Temperature <= 0 ? "the temperature is below absolute zero"
        : null;

    /// <summary>The conditions of one die.</summary>
    public static DieConditions Draw(Silicon silicon, GlobalVariation global, DieDraws draws, long die)
    {
        double temperature = silicon.Given.Temperature(die) ?? DrawnTemperature(silicon, draws, die);
        double gradient = silicon.Variation.Temperature ? silicon.Gradient : 0;
        double[] shifts = silicon.Corner?.Shifts() ?? DrawnShifts(silicon, global, draws, die);
        silicon.Given.Replace(shifts, die);
        return new(temperature, Direction(draws, die, gradient), shifts);
    }

    /// <summary>The draws of any die: temperature, direction of the gradient, shifts.</summary>
    public static IEnumerable<DrawAddress> AllAddresses =>
        [TemperatureRange.Address, new(GradientStream, 0), new(GradientStream, 1), .. GlobalVariation.AllAddresses];

    /// <summary>Those of them that the dies of a silicon depend on.</summary>
    public static IEnumerable<DrawAddress> Addresses(Silicon silicon, GlobalVariation global)
    {
        bool process = silicon.Variation.Process && silicon.Corner is null;
        bool temperature = silicon.Variation.Temperature;
        return
        [
            .. temperature ? silicon.Temperature.Addresses : [],
            .. temperature && silicon.Gradient != 0
                ? new DrawAddress[] { new(GradientStream, 0), new(GradientStream, 1) }
                : [],
            .. process ? global.Addresses : [],
        ];
    }

    // As a table of dies in degrees Celsius has it: from there it must come back to the bit. Down to 128 K there is nothing
    // to round; below, the difference to 0 C is coarser than the temperature by one bit.
    private static double DrawnTemperature(Silicon silicon, DieDraws draws, long die)
    {
        double kelvin = silicon.Variation.Temperature
            ? silicon.Temperature.Of(draws, die)
            : silicon.Card.Device.ReferenceTemperature;
        return kelvin - PhysicalConstants.ZeroCelsius + PhysicalConstants.ZeroCelsius;
    }

    private static double[] DrawnShifts(Silicon silicon, GlobalVariation global, DieDraws draws, long die) =>
        silicon.Variation.Process ? global.Draw(draws, die) : new double[Enum.GetValues<GlobalShift>().Length];

    // A random direction, scaled so that two corners of the unit square always differ by the whole gradient.
    private static (double, double) Direction(DieDraws draws, long die, double gradient)
    {
        if (gradient == 0)
            return (0, 0);
        double x = draws.Normal(GradientStream, die, 0);
        double y = draws.Normal(GradientStream, die, 1);
        double length = Math.Abs(x) + Math.Abs(y);
        // Between all directions there is none.
        return length == 0 ? (0, 0) : (x * (gradient / length), y * (gradient / length));
    }
}
