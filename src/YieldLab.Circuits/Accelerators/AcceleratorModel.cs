using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>A layer of the accelerator in weak inversion: its circuit, its rule and what it learns. The nominal values
/// from which the dies deviate.</summary>
/// <param name="Device">The transistor.</param>
/// <param name="Design">The circuit.</param>
/// <param name="Rule">The learning rule.</param>
/// <param name="Task">Linear or softmax.</param>
/// <param name="Shape">Size of the layer.</param>
public sealed record AcceleratorModel(
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
}

/// <summary>The device parameters that the signal path depends on in weak inversion.</summary>
/// <param name="SlopeFactor">n.</param>
/// <param name="ReferenceTemperature">Tref in kelvin.</param>
public sealed record DeviceConstants(double SlopeFactor, double ReferenceTemperature);
