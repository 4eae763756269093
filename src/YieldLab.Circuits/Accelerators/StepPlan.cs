namespace YieldLab.Circuits.Accelerators;

/// <summary>How the equations are stepped in time; the same for all dies of a study.</summary>
/// <param name="Steps">Steps of the weights in each presentation.</param>
/// <param name="Substeps">For each training example, Runge-Kutta steps of the outputs within a step of the weights.</param>
public sealed record StepPlan(int Steps, int[] Substeps)
{
    internal int SubstepsOf(int example) => Substeps[example];
}
