using System.Text.Json.Nodes;

namespace YieldLab.Cli.Notebooks;

/// <summary>What a code cell gave.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="ExecutionCount">Its number in the order of execution, from 1; null: there was nothing to execute.</param>
/// <param name="Outputs">Outputs of nbformat.</param>
internal sealed record CellResult(NotebookCell Cell, int? ExecutionCount, JsonArray Outputs)
{
    public bool HasStoredOutputs { get; } = NotebookJson.SameOutputs(Cell.Outputs, Outputs);

    /// <summary>Whether the file says the same.</summary>
    public bool IsStored => HasStoredOutputs && Cell.ExecutionCount == ExecutionCount;
}
