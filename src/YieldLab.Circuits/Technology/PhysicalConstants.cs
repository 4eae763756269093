namespace YieldLab.Circuits.Technology;

/// <summary>Exact constants of the SI (2019).</summary>
public static class PhysicalConstants
{
    /// <summary>Boltzmann's constant, J/K.</summary>
    public const double Boltzmann = 1.380649e-23;

    /// <summary>Elementary charge, C.</summary>
    public const double ElementaryCharge = 1.602176634e-19;

    /// <summary>0 degrees Celsius in kelvin.</summary>
    public const double ZeroCelsius = 273.15;

    /// <summary>Thermal voltage UT = kT/q in volts.</summary>
    /// <param name="kelvin">Absolute temperature.</param>
    public static double ThermalVoltage(double kelvin) => Boltzmann / ElementaryCharge * kelvin;
}
