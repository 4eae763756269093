using System.Text.Json.Nodes;

namespace YieldLab.Cli.Notebooks;

/// <summary>Bytes of a notebook's file.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">The one after the last.</param>
internal readonly record struct Span(int Start, int End);

/// <summary>A cell of a notebook, and where in the file its results stand.</summary>
internal sealed class NotebookCell
{
    /// <summary>Its place among all cells, from 1, as editors count.</summary>
    public required int Number { get; init; }

    public required bool IsCode { get; init; }

    /// <summary>Its text; lines end as in the file.</summary>
    public required string Source { get; init; }

    /// <summary>The language that the cell itself names; null: that of the notebook.</summary>
    public required string? Language { get; init; }

    /// <summary>The stored outputs.</summary>
    public required JsonArray Outputs { get; init; }

    public required int? ExecutionCount { get; init; }

    public required Span OutputsSpan { get; init; }

    public required Span CountSpan { get; init; }

    /// <summary>Whether there is something to execute.</summary>
    public bool Runs => IsCode && !string.IsNullOrWhiteSpace(Source);
}
