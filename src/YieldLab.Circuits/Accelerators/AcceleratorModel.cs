using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>A layer of the accelerator: its circuit, its rule and what it learns. The nominal values
/// from which the dies deviate.</summary>
/// <param name="Fidelity">How exactly its transistors are computed.</param>
/// <param name="Device">The transistor.</param>
/// <param name="Design">The circuit.</param>
/// <param name="Rule">The learning rule.</param>
/// <param name="Task">Linear or softmax.</param>
/// <param name="Shape">Size of the layer.</param>
public sealed record AcceleratorModel(
    Fidelity Fidelity,
    DeviceConstants Device,
    Design Design,
    SgdrRule Rule,
    LearningTask Task,
    LayerShape Shape
)
{
    /// <summary>Factor of all bias currents at a temperature: (T/Tref)^p.</summary>
    public double BiasFactor(double kelvin) =>
        Elementary.Pow(kelvin / Device.ReferenceTemperature, Design.BiasTemperatureExponent);

    /// <summary>Nominal gain current IG = eta C n UT(Tref)/Ts in ampere.</summary>
    public double GainCurrent =>
        Rule.LearningRate
        * Design.Capacitor
        * Device.SlopeFactor
        * PhysicalConstants.ThermalVoltage(Device.ReferenceTemperature)
        / Rule.PresentationTime;

    /// <summary>Each bias current of the nominal circuit over the smallest specific current of the cells that it flows in,
    /// at a temperature.</summary>
    public IReadOnlyList<InversionCoefficient> Inversions(double kelvin)
    {
        SpecificCurrents specific = Device.SpecificCurrents;
        double factor = BiasFactor(kelvin) / Device.SpecificCurrentFactor(kelvin);
        return
        [
            new(BiasCurrent.Unit, Design.UnitCurrent * factor / specific.Smallest),
            new(BiasCurrent.Gain, GainCurrent * factor / specific.Integrator),
            new(BiasCurrent.CrossCoupling, Design.CrossCoupling * GainCurrent * factor / specific.CrossCoupling),
        ];
    }
}

/// <summary>A bias current of translinear cells.</summary>
public enum BiasCurrent
{
    /// <summary>Iu, in every multiplying loop.</summary>
    Unit,

    /// <summary>IG = eta C n UT(Tref)/Ts, in the charging loop of the integrator.</summary>
    Gain,

    /// <summary>IX = rho IG, in the cross-coupling loop.</summary>
    CrossCoupling,
}

/// <summary>Inversion coefficient I/IS of a device: below about 0.1 in weak, above 10 in strong inversion.</summary>
/// <param name="Current">The current I.</param>
/// <param name="Value">I/IS.</param>
public readonly record struct InversionCoefficient(BiasCurrent Current, double Value);

/// <summary>How exactly the transistors of the signal path are computed.</summary>
public enum Fidelity
{
    /// <summary>Drain current exponential in the gate voltage, I = IS exp(v): products of currents are exact.</summary>
    WeakInversion,

    /// <summary>EKV from weak to strong inversion, I = IS ln^2(1 + exp(v/2)).</summary>
    Ekv,
}

/// <summary>The device parameters that the signal path depends on.</summary>
/// <param name="SlopeFactor">n.</param>
/// <param name="ReferenceTemperature">Tref in kelvin.</param>
/// <param name="MobilityExponent">bex: IS grows with T to the power 2 - bex. Without influence in weak inversion.</param>
/// <param name="SpecificCurrents">IS of each translinear cell. Without influence in weak inversion.</param>
public sealed record DeviceConstants(
    double SlopeFactor,
    double ReferenceTemperature,
    double MobilityExponent,
    SpecificCurrents SpecificCurrents
)
{
    /// <summary>Factor of all specific currents at a temperature: (T/Tref)^(2 - bex).</summary>
    public double SpecificCurrentFactor(double kelvin) =>
        Elementary.Pow(kelvin / ReferenceTemperature, 2 - MobilityExponent);

    /// <summary>The constants of a design in a process.</summary>
    public static DeviceConstants Of(DeviceParameters device, CellSizes cells)
    {
        double Current(DeviceSize size) => device.SpecificCurrent * size.Width / size.Length;
        return new(
            device.SlopeFactor,
            device.ReferenceTemperature,
            device.MobilityExponent,
            new(
                Current(cells.Multiplier),
                Current(cells.Gradient),
                Current(cells.Integrator),
                Current(cells.CrossCoupling)
            )
        );
    }
}

/// <summary>Specific current IS at Tref of one device of each cell whose transistors need more than a gain: ampere, the
/// ratio W/L included.</summary>
public sealed record SpecificCurrents(double Multiplier, double Gradient, double Integrator, double CrossCoupling)
{
    /// <summary>The same in all cells.</summary>
    public static SpecificCurrents Equal(double current) => new(current, current, current, current);

    /// <summary>The smallest of the four, in ampere.</summary>
    public double Smallest => Math.Min(Math.Min(Multiplier, Gradient), Math.Min(Integrator, CrossCoupling));
}
