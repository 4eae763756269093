namespace YieldLab.Circuits.Cells;

/// <summary>The size of a layer.</summary>
/// <param name="Outputs">Number of outputs K.</param>
/// <param name="Inputs">Number of inputs d, the constant bias input included as the last.</param>
public readonly record struct LayerShape(int Outputs, int Inputs)
{
    /// <summary>Number of weights; weight (o, i) has index o*Inputs + i.</summary>
    public int Weights => Outputs * Inputs;

    /// <summary>How many cells stand at a site of this kind.</summary>
    public int CellsAt(Site site) =>
        site switch
        {
            Site.Input => Inputs,
            Site.Output => Outputs,
            _ => Weights,
        };
}
