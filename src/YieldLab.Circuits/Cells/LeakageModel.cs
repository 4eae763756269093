using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Cells;

/// <summary>
/// Current that discharges a memory capacitor: the channel of its switch at VGS = 0,
/// Ioff = IS(T) exp(-VT(T)/(n UT)) with IS(T) = ISsq (W/L) (T/Tref)^(2 - bex) and VT(T) = VT0 + kVT (T - Tref) + dVT,
/// and its junction, Ijun(Tref) exp((Ea/k)(1/Tref - 1/T)). Eight dies at once.
/// </summary>
internal readonly struct LeakageModel
{
    private readonly DeviceParameters _device;
    private readonly Vector512<double> _logSpecificCurrent;
    private readonly Vector512<double> _threshold;
    private readonly Vector512<double> _junction;
    private readonly double _activationKelvin;

    public LeakageModel(
        ProcessCard card,
        DeviceSize size,
        Vector512<double> thresholdShift,
        Vector512<double> betaShift,
        Vector512<double> leakageShift
    )
    {
        _device = card.Device;
        _logSpecificCurrent = Elementary.Log(
            Vector512.Create(_device.SpecificCurrent * size.Width / size.Length) * (Vector512<double>.One + betaShift)
        );
        _threshold = Vector512.Create(_device.ThresholdVoltage) + thresholdShift;
        _junction = Vector512.Create(card.Leakage.JunctionCurrent * size.Width) * Exp(leakageShift);
        _activationKelvin =
            card.Leakage.ActivationEnergy * PhysicalConstants.ElementaryCharge / PhysicalConstants.Boltzmann;
    }

    /// <summary>The current in ampere of a cell at a temperature in kelvin whose switch deviates by some volts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector512<double> Current(Vector512<double> kelvin, Vector512<double> thresholdError)
    {
        Vector512<double> reference = Vector512.Create(_device.ReferenceTemperature);
        Vector512<double> voltage =
            kelvin * Vector512.Create(_device.SlopeFactor * PhysicalConstants.ThermalVoltage(1));
        Vector512<double> threshold =
            _threshold
            + thresholdError
            + Vector512.Create(_device.ThresholdTemperatureCoefficient) * (kelvin - reference);
        Vector512<double> channel = Exp(
            _logSpecificCurrent
                + Vector512.Create(2 - _device.MobilityExponent) * Elementary.Log(kelvin / reference)
                - threshold / voltage
        );
        Vector512<double> junction =
            _junction
            * Exp(
                Vector512.Create(_activationKelvin)
                    * (Vector512<double>.One / reference - Vector512<double>.One / kelvin)
            );
        return channel + junction;
    }

    private static Vector512<double> Exp(Vector512<double> x) =>
        Elementary.Exp<Lanes512<double>, double>(new Lanes512<double>(x)).Vector;
}
