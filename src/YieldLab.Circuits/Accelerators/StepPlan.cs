namespace YieldLab.Circuits.Accelerators;

/// <summary>How the equations are stepped in time: the same for all dies of a study but those that need finer steps.</summary>
/// <param name="Steps">Steps of the weights in each presentation.</param>
/// <param name="Substeps">For each training example, Runge-Kutta steps of the outputs within a step of the weights.</param>
public sealed record StepPlan(int Steps, int[] Substeps)
{
    /// <summary>Twice as many steps, for a die that the plan does not resolve.</summary>
    public StepPlan Finer => new(2 * Steps, Substeps);

    internal int SubstepsOf(int example) => Substeps[example];
}
