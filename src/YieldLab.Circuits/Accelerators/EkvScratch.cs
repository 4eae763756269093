namespace YieldLab.Circuits.Accelerators;

/// <summary>Rows that the loops of <see cref="EkvKernel{V, T}"/> hand on while they work on one output: for each input
/// one row a half weight, or one row a loop, one after the other.</summary>
internal readonly unsafe struct EkvScratch<T>(T* start, int inputs)
    where T : unmanaged
{
    /// <summary>Rows for each input.</summary>
    public const int Count = 26;

    private static int Row => LayerView<T>.Row;

    /// <summary>The half weights at which the loops are computed.</summary>
    public T* Halves(int input) => At(0, 2, input);

    /// <summary>exp(v/2) of them, in the multiplier or in the integrator.</summary>
    public T* Exp(int input) => At(2, 2, input);

    /// <summary>exp(v/2) of them in the cross-coupling loop.</summary>
    public T* CrossExp(int input) => At(4, 2, input);

    /// <summary>Arguments of four multipliers and the roots of their currents over IS.</summary>
    public T* Arguments(int input) => At(6, 4, input);

    public T* Roots(int input) => At(10, 4, input);

    /// <summary>sqrt(Iin/IS) of the integrators and exp(v/2) of it.</summary>
    public T* ChargeRoots(int input) => At(14, 2, input);

    public T* ChargeExp(int input) => At(16, 2, input);

    /// <summary>Arguments of the charging and the cross-coupling loops and the roots of their currents over IS.</summary>
    public T* LoopArguments(int input) => At(18, 4, input);

    public T* LoopRoots(int input) => At(22, 4, input);

    /// <summary>The same memory seen from another lane on.</summary>
    public EkvScratch<T> From(int lane) => new(start + lane, inputs);

    private T* At(int firstRow, int rows, int input) => start + ((nint)firstRow * inputs + (nint)rows * input) * Row;
}
