using YieldLab.Circuits.Cells;

namespace YieldLab.Circuits.Costs;

/// <summary>
/// Published cost of fixed-point arithmetic in a 45 nm process at 0.9 V.
/// </summary>
/// <remarks>
/// Energies: M. Horowitz, "Computing's energy problem (and what we can do about it)", ISSCC 2014; checked against one
/// quotation of its table and, for 32 bits and the memory, a second. Areas: the synthesis results (TSMC 45 nm) that tutorials of Dally and of Sze
/// print beside those energies; quoted from memory, not checked at the source. Other libraries have about twice as much:
/// an 8-bit multiplier of 611 um^2 (EvoApprox8b, FreePDK45), a 32-bit adder and multiplier of 278 and 6350 um^2
/// (Aladdin, 40 nm).
/// </remarks>
/// <param name="Bits">Width of every number.</param>
/// <param name="Add">Energy of an addition, joule.</param>
/// <param name="Multiply">Energy of a multiplication, joule.</param>
/// <param name="AddArea">Area of an adder, square metres.</param>
/// <param name="MultiplyArea">Area of a multiplier, square metres.</param>
public sealed record DigitalArithmetic(int Bits, double Add, double Multiply, double AddArea, double MultiplyArea)
{
    public static readonly DigitalArithmetic EightBits = new(8, 0.03e-12, 0.2e-12, 36e-12, 282e-12);
    public static readonly DigitalArithmetic ThirtyTwoBits = new(32, 0.1e-12, 3.1e-12, 137e-12, 3495e-12);

    /// <summary>The narrowest and the widest of the table.</summary>
    public static readonly IReadOnlyList<DigitalArithmetic> All = [EightBits, ThirtyTwoBits];

    /// <summary>Energy of one bit read from an 8 KB SRAM of 64-bit words, joule: 10 pJ a word (Horowitz).</summary>
    public const double MemoryPerBit = 10e-12 / 64;
}

/// <summary>
/// A digital process: 45 nm as published, or what the published values become in another.
/// </summary>
/// <remarks>
/// Energy and area factors: A. Stillmaker and B. Baas, "Scaling equations for the accurate prediction of CMOS device
/// performance from 180 nm to 7 nm", Integration 58 (2017) 74-81. Energy is proportional to a2 V^2 + a1 V + a0, with
/// coefficients fitted for each process (45 nm: the high-performance variant); area factors are its table. Both as
/// transcribed by UCLA's nodeScale; of the energy coefficients, those of 65 and 32 nm were checked against the authors'
/// erratum, those used here and the areas only against one more transcription (areas).
/// </remarks>
/// <param name="FeatureSize">F in metres.</param>
/// <param name="Supply">Supply in volts.</param>
/// <param name="EnergyFactor">Energy of an operation over that at 45 nm and 0.9 V.</param>
/// <param name="AreaFactor">Area of logic over that at 45 nm.</param>
public sealed record DigitalNode(double FeatureSize, double Supply, double EnergyFactor, double AreaFactor)
{
    private static readonly double Reference = Energy(0.9, 1.018, -0.3107, 0.1539);

    /// <summary>As published.</summary>
    public static readonly DigitalNode Nm45 = new(45e-9, 0.9, 1, 1);

    public static readonly DigitalNode Nm130 = new(130e-9, 1.2, Energy(1.2, 7.171, -6.709, 2.904) / Reference, 6.4);

    public static readonly DigitalNode Nm180 = new(180e-9, 1.8, Energy(1.8, 0, 24.64, -17.98) / Reference, 19);

    /// <summary>As published, and scaled to the processes between which the built-in cards lie.</summary>
    public static readonly IReadOnlyList<DigitalNode> All = [Nm45, Nm130, Nm180];

    /// <summary>Area of an SRAM bit, square metres: a six-transistor cell of 140 F^2 (Scientific Reports 2017, doi
    /// 10.1038/s41598-017-12347-x, table 2), without decoders and sense amplifiers.</summary>
    public double BitArea => 140 * FeatureSize * FeatureSize;

    private static double Energy(double volt, double a2, double a1, double a0) => (a2 * volt + a1) * volt + a0;
}

/// <summary>
/// The same SGDr in digital arithmetic, at the analog layer's rate of presentations. A presentation reads the weights
/// (one multiplication and one addition a weight), forms each error and its product with eta, and updates
/// w (1 - eta lambda) - (eta e) x (two multiplications and one addition a weight); each weight is read twice and written
/// once.
/// </summary>
/// <remarks>Left out, which favours the digital side: softmax, control, clock, registers, wires, static power,
/// reading the inputs, the wider sums that narrow products need, and the array of the memory. A write is taken to cost
/// as much as a read.</remarks>
/// <param name="Arithmetic">Width and published values.</param>
/// <param name="Node">Process.</param>
/// <param name="Shape">Size of the layer.</param>
/// <param name="PresentationTime">Ts in seconds.</param>
public sealed record DigitalCost(
    DigitalArithmetic Arithmetic,
    DigitalNode Node,
    LayerShape Shape,
    double PresentationTime
)
{
    private const int MemoryAccesses = 3;

    /// <summary>Multiplications of a presentation.</summary>
    public long Multiplications => 3L * Shape.Weights + Shape.Outputs;

    /// <summary>Additions and subtractions of a presentation.</summary>
    public long Additions => 2L * Shape.Weights + Shape.Outputs;

    /// <summary>Energy of the arithmetic of one presentation, joule.</summary>
    public double ArithmeticEnergy =>
        Node.EnergyFactor * (Multiplications * Arithmetic.Multiply + Additions * Arithmetic.Add);

    /// <summary>Energy of reading and writing the weights of one presentation, joule. An 8 KB memory is far too large
    /// for a few weights, which registers would hold for less, and too small for more than 64 kbit, which take several
    /// of it.</summary>
    public double MemoryEnergy =>
        Node.EnergyFactor * MemoryAccesses * (double)Shape.Weights * Arithmetic.Bits * DigitalArithmetic.MemoryPerBit;

    /// <summary>Energy of one presentation, joule.</summary>
    public double EnergyPerPresentation => ArithmeticEnergy + MemoryEnergy;

    /// <summary>Power at one presentation every Ts, watt.</summary>
    public double Power => EnergyPerPresentation / PresentationTime;

    /// <summary>Area of one multiplier and one adder, square metres.</summary>
    public double UnitArea => Node.AreaFactor * (Arithmetic.MultiplyArea + Arithmetic.AddArea);

    /// <summary>Area of the weights' SRAM cells, square metres.</summary>
    public double StorageArea => (double)Shape.Weights * Arithmetic.Bits * Node.BitArea;

    /// <summary>Area of one unit and the weights: the smallest layer, if the unit is fast enough.</summary>
    public double Area => UnitArea + StorageArea;

    /// <summary>How many multiplications a second one unit would have to do.</summary>
    public double MultiplicationsPerSecond => Multiplications / PresentationTime;
}
