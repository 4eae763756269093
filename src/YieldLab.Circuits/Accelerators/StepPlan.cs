namespace YieldLab.Circuits.Accelerators;

/// <summary>How equations are stepped in time: the same for all dies of a study but those that need finer steps.</summary>
/// <param name="Steps">Steps of the weights in each presentation.</param>
/// <param name="Substeps">For each training example, Runge-Kutta steps of the outputs within a step of the weights.</param>
/// <param name="Fastest">A die that moves faster than this is not resolved.</param>
public sealed record StepPlan(int Steps, int[] Substeps, StepSpeed Fastest)
{
    public StepPlan(int steps, int[] substeps)
        : this(steps, substeps, StepSpeed.Limit) { }

    /// <summary>Twice as many steps, for a die that the plan does not resolve.</summary>
    public StepPlan Finer => this with { Steps = 2 * Steps };

    internal int SubstepsOf(int example) => Substeps[example];
}

/// <summary>How fast a die moves, in a step of its plan.</summary>
/// <param name="Relaxation">Decay of a half weight in a step (rate times step), the largest of all.</param>
/// <param name="Output">Change of an output in a substep (rate times substep), the largest of all.</param>
public readonly record struct StepSpeed(double Relaxation, double Output)
{
    /// <summary>What the method resolves at all: beyond, its error is no longer of second order.</summary>
    public static readonly StepSpeed Limit = new(0.25, 0.5);
}
