using YieldLab.Circuits.Cells;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// The memory of a batch of dies as the kernel sees it: every number is a row with one lane a die, and a row is 64 bytes
/// whatever the vector width of the machine.
/// </summary>
internal readonly unsafe struct LayerView<T>
    where T : unmanaged
{
    /// <summary>Lanes of a row.</summary>
    public static int Row => 64 / sizeof(T);

    public required LayerShape Shape { get; init; }
    public required LearningTask Task { get; init; }

    /// <summary>[weight][<see cref="WeightRow"/> or <see cref="EkvRow"/>][lane].</summary>
    public required T* Weights { get; init; }

    /// <summary>Rows of a weight.</summary>
    public required int RowsPerWeight { get; init; }

    /// <summary>[weight][2][lane]: decay by leakage alone of each half, in 1/s.</summary>
    public required T* Retention { get; init; }

    /// <summary>[lane]: seconds since training, the biases off.</summary>
    public required T* Hold { get; init; }

    /// <summary>[output][<see cref="OutputRow"/>][lane].</summary>
    public required T* Outputs { get; init; }

    /// <summary>How fast an output falls with the positive and the negative error, in a step: in weak inversion
    /// [example][output][2][lane], where they stay the same; in EKV [output][2][lane], of the present step.</summary>
    public required T* Rates { get; init; }

    /// <summary>[lane]: largest change of an output in a substep so far, as a fraction.</summary>
    public required T* Fastest { get; init; }

    /// <summary>[weight][3][2][lane]: factors of xp^2, xp xn and xn^2 in the two rates.</summary>
    public required T* RateFactors { get; init; }

    /// <summary>[weight][2][lane]: what the forward multipliers make of the weights: in weak inversion one factor a
    /// polarity of the input, in EKV exp(v/2) - that is exp(sqrt(I/IS)) - 1 - of each half.</summary>
    public required T* Folded { get; init; }

    /// <summary>[weight][<see cref="NoiseRow"/>][lane]; where there is shot noise.</summary>
    public required T* Noise { get; init; }

    /// <summary>[output][<see cref="EkvOutputRow"/>][lane]; of EKV alone.</summary>
    public required T* ErrorFactors { get; init; }

    /// <summary>[input][<see cref="EkvInputRow"/>][lane]; of EKV alone.</summary>
    public required T* Inputs { get; init; }

    /// <summary>Of EKV alone.</summary>
    public required EkvScratch<T> Scratch { get; init; }

    /// <summary>[lane]: unit current over the integrator's specific current, Iu/IS; of EKV alone.</summary>
    public required T* Inversion { get; init; }

    /// <summary>Quiescent error (eq).</summary>
    public required T ErrorQuiescent { get; init; }

    /// <summary>The same memory seen from another lane on.</summary>
    public LayerView<T> From(int lane) =>
        this with
        {
            Weights = Weights + lane,
            Outputs = Outputs + lane,
            Rates = Rates + lane,
            Fastest = Fastest + lane,
            Noise = Noise + lane,
            RateFactors = RateFactors + lane,
            Folded = Folded + lane,
            Retention = Retention + lane,
            Hold = Hold + lane,
            ErrorFactors = ErrorFactors + lane,
            Inputs = Inputs + lane,
            Inversion = Inversion + lane,
            Scratch = Scratch.From(lane),
        };
}

/// <summary>Rows of a weight in weak inversion: its two halves, and its cells' gains with every error and the step's length folded in.
/// What is subtracted is stored negative: a fused multiply-add then needs no change of sign.</summary>
internal static class WeightRow
{
    public const int P = 0;
    public const int N = 1;

    // Forward multipliers, with input converter and summing mirror; np and pn negative.
    public const int FwdPp = 2;
    public const int FwdNp = 3;
    public const int FwdNn = 4;
    public const int FwdPn = 5;

    // Gradient multipliers, with rectifier, input converter and the integrator's rate.
    public const int UpdPn = 6;
    public const int UpdNp = 7;
    public const int UpdPp = 8;
    public const int UpdNn = 9;

    // Rates of a step: decay and cross-coupling negative.
    public const int DecayP = 10;
    public const int DecayN = 11;
    public const int CrossP = 12;
    public const int CrossN = 13;
    public const int QuiescentP = 14;
    public const int QuiescentN = 15;

    public const int Count = 16;
}

/// <summary>Rows of an output: its signals, the solver's scratch and its cells' gains.</summary>
internal static class OutputRow
{
    /// <summary>The output y at the start of a step, then its running value within it.</summary>
    public const int Y = 0;

    /// <summary>Change of y over a step that does not come from the error.</summary>
    public const int Drift = 1;

    /// <summary>Mean rectified error over a step, positive and negative.</summary>
    public const int ErrorP = 2;
    public const int ErrorN = 3;

    /// <summary>Mean of (1 - t) times the rectified errors over a step [0, 1], as a fraction of their mean.</summary>
    public const int Lead = 4;

    // Scratch of the Runge-Kutta stages.
    public const int Stage = 5;
    public const int Slope = 6;
    public const int StageP = 7;
    public const int StageN = 8;

    // Constants.
    public const int SumP = 9;
    public const int SumN = 10;
    public const int ActivationGain = 11;
    public const int ActivationOffset = 12;

    public const int Count = 13;
}

/// <summary>Rows of a weight that its shot noise needs.</summary>
internal static class NoiseRow
{
    // Half weights at the start of a presentation.
    public const int StartP = 0;
    public const int StartN = 1;

    // Standard normals.
    public const int DrawP = 2;
    public const int DrawN = 3;

    // q/(C n UT): one electron's charge in units of the capacitor's thermal charge.
    public const int ElectronP = 4;
    public const int ElectronN = 5;

    public const int Count = 6;
}

/// <summary>Rows of a weight in EKV: its two halves, and its cells' gains. Each loop's gain stands as a factor of
/// exp(v/2) at its output, which is the square root of its gain as a current.</summary>
internal static class EkvRow
{
    public const int P = WeightRow.P;
    public const int N = WeightRow.N;

    // Forward multipliers, by the unit current's exp(v/2).
    public const int FwdPp = 2;
    public const int FwdNp = 3;
    public const int FwdNn = 4;
    public const int FwdPn = 5;

    // Gradient multipliers, by the unit current's exp(v/2).
    public const int UpdPn = 6;
    public const int UpdNp = 7;
    public const int UpdPp = 8;
    public const int UpdNn = 9;

    // Quiescent current over IS; exp(v/2) of the gain current; IS and the discharging current as rates of a step; the
    // cross-coupling loop.
    public const int RestP = 10;
    public const int RestN = 11;
    public const int ChargeP = 12;
    public const int ChargeN = 13;
    public const int RateP = 14;
    public const int RateN = 15;
    public const int DownP = 16;
    public const int DownN = 17;
    public const int CrossP = 18;
    public const int CrossN = 19;

    // Scratch: how the output answers to each half.
    public const int OutputSlopeP = 20;
    public const int OutputSlopeN = 21;

    public const int Count = 22;
}

/// <summary>Rows of an output in EKV beside those of <see cref="OutputRow"/>.</summary>
internal static class EkvOutputRow
{
    // Summing mirrors with the forward multipliers' scale, rectifiers with the gradient multipliers' scale.
    public const int MirrorP = 0;
    public const int MirrorN = 1;
    public const int RectifierP = 2;
    public const int RectifierN = 3;

    // exp(v/2) of the present errors and its relative slope.
    public const int ExpErrorP = 4;
    public const int ExpErrorN = 5;
    public const int ErrorSlopeP = 6;
    public const int ErrorSlopeN = 7;

    public const int Count = 8;
}

/// <summary>Rows of an input in EKV: its converters with the multipliers' scale, and exp(v/2) of the present input.</summary>
internal static class EkvInputRow
{
    public const int ForwardP = 0;
    public const int ForwardN = 1;
    public const int GradientP = 2;
    public const int GradientN = 3;
    public const int ExpForwardP = 4;
    public const int ExpForwardN = 5;
    public const int ExpGradientP = 6;
    public const int ExpGradientN = 7;

    public const int Count = 8;
}
