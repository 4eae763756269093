using System.Text;
using System.Text.Json.Nodes;

namespace YieldLab.Cli.Notebooks;

/// <summary>Outputs of one cell in the order in which they came, as nbformat has them.</summary>
internal sealed class OutputRecorder
{
    private readonly Lock _lock = new();
    private readonly JsonArray _outputs = [];
    private readonly StringBuilder _text = new();
    private string? _stream;
    private bool _ended;

    /// <summary>Text that was written to standard output (stdout) or standard error (stderr).</summary>
    public void Write(string stream, string text)
    {
        lock (_lock)
        {
            if (_ended)
                return;
            if (stream != _stream)
                EndText();
            _stream = stream;
            _text.Append(text);
        }
    }

    /// <summary>A value that a cell shows.</summary>
    public void Display(object? value)
    {
        ShownValue shown = ShownValue.Of(value);
        Add(
            new()
            {
                ["data"] = shown.Data,
                ["metadata"] = shown.Metadata,
                ["output_type"] = "display_data",
            }
        );
    }

    /// <summary>The value of a cell's last expression.</summary>
    public void Result(object value, int executionCount)
    {
        ShownValue shown = ShownValue.Of(value);
        Add(
            new()
            {
                ["data"] = shown.Data,
                ["execution_count"] = executionCount,
                ["metadata"] = shown.Metadata,
                ["output_type"] = "execute_result",
            }
        );
    }

    /// <summary>What broke the cell off.</summary>
    public void Error(CellError error) =>
        Add(
            new()
            {
                ["ename"] = error.Name,
                ["evalue"] = error.Message,
                ["output_type"] = "error",
                ["traceback"] = new JsonArray($"{error.Place}: {error.Name}: {error.Message}"),
            }
        );

    /// <summary>All that came. What comes later, as from a task that still runs, is left out.</summary>
    public JsonArray End()
    {
        lock (_lock)
        {
            EndText();
            _ended = true;
            return _outputs;
        }
    }

    private void Add(JsonObject output)
    {
        lock (_lock)
        {
            if (_ended)
                return;
            EndText();
            _outputs.Add((JsonNode)output);
        }
    }

    private void EndText()
    {
        if (_text.Length > 0)
            _outputs.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["name"] = _stream,
                        ["output_type"] = "stream",
                        ["text"] = NotebookJson.Lines(_text.ToString()),
                    }
            );
        _text.Clear();
        _stream = null;
    }
}
