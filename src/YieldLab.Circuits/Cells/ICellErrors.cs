using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Cells;

/// <summary>
/// Everything in which eight dies differ from the nominal circuit, cell by cell, laid out [cell][die]. Drawn
/// (<see cref="DrawnErrors"/>) or given (<see cref="GivenErrors"/>); what follows cannot tell which.
/// </summary>
public interface ICellErrors
{
    /// <summary>Dies that are described at once.</summary>
    const int Lanes = AddressedDraws.Lanes;

    /// <summary>Temperature of one die at the array's centre, in kelvin.</summary>
    double Temperature(int lane);

    /// <summary>Factor of one die's bias currents beside their temperature dependence; 1 nominally.</summary>
    double BiasGain(int lane);

    /// <summary>Factor of one die's specific currents beside their temperature dependence; 1 nominally.</summary>
    double CurrentFactor(int lane);

    /// <summary>Temperature of each cell at a site, in kelvin.</summary>
    void Temperatures(Site site, Span<double> kelvin);

    /// <summary>Threshold error in volts and relative current-factor error of each loop of a kind.</summary>
    void Loops(LoopKind kind, Span<double> threshold, Span<double> beta);

    /// <summary>Memory capacitors in farad.</summary>
    void Capacitances(WeightHalf half, Span<double> farad);

    /// <summary>Currents that discharge the memory capacitors, in ampere.</summary>
    void Leakages(WeightHalf half, Span<double> ampere);
}
