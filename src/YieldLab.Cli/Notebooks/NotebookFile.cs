using System.Text;
using System.Text.Json;
using YieldLab.Studies;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Notebooks;

/// <summary>A Jupyter notebook (nbformat 4) as it stands in its file. Results are put into the bytes that were read, so that
/// all other bytes stay as they are.</summary>
internal sealed class NotebookFile
{
    private const string Hint = " (expected a Jupyter notebook, .ipynb)";

    private readonly byte[] _bytes;

    private NotebookFile(string path, byte[] bytes, IReadOnlyList<NotebookCell> cells)
    {
        (Path, _bytes, Cells) = (path, bytes, cells);
    }

    public string Path { get; }

    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>Reads a notebook whose code is C#.</summary>
    /// <exception cref="StudyException">The file is no such notebook; the message says where.</exception>
    public static NotebookFile Read(string path)
    {
        byte[] bytes = UserFile.ReadBytes(path, Hint);
        try
        {
            var reader = new NotebookReader(path, bytes);
            IReadOnlyList<NotebookCell> cells = reader.Read();
            return new(path, bytes, cells);
        }
        catch (JsonException e)
        {
            throw new StudyException(
                $"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): is no JSON; expected a Jupyter notebook (.ipynb)"
            );
        }
    }

    /// <summary>Stores these results, in the notebook itself or in another file.</summary>
    /// <exception cref="StudyException">The file cannot be written, or is the notebook, which somebody else has changed since it was
    /// read.</exception>
    public void Store(IReadOnlyList<CellResult> results, string target)
    {
        bool isOther = System.IO.Path.GetFullPath(target) != System.IO.Path.GetFullPath(Path);
        if (!isOther && !UserFile.ReadBytes(Path, Hint).AsSpan().SequenceEqual(_bytes))
            throw new StudyException(
                $"{Path}: was changed while its cells were executed, and stays as it is now; execute it again, or store elsewhere with --out"
            );
        if (isOther || results.Any(result => !result.IsStored))
            UserFile.WriteBytes(target, With(results));
    }

    /// <summary>The file with these results in it, in order of the cells that have any. What says the same as is stored
    /// already stays as it is written.</summary>
    public byte[] With(IEnumerable<CellResult> results)
    {
        var layout = NotebookLayout.Of(_bytes);
        using var written = new MemoryStream();
        int copied = 0;
        foreach (CellResult result in results.Where(result => !result.IsStored))
        foreach (var (span, text) in Replacements(result, layout).OrderBy(change => change.Span.Start))
        {
            written.Write(_bytes.AsSpan(copied, span.Start - copied));
            written.Write(Encoding.UTF8.GetBytes(text));
            copied = span.End;
        }
        written.Write(_bytes.AsSpan(copied));
        return written.ToArray();
    }

    private IEnumerable<(Span Span, string Text)> Replacements(CellResult result, NotebookLayout layout)
    {
        NotebookCell cell = result.Cell;
        if (!result.HasStoredOutputs)
            yield return (cell.OutputsSpan, layout.Text(result.Outputs, _bytes, cell.OutputsSpan.Start));
        if (cell.ExecutionCount != result.ExecutionCount)
            yield return (cell.CountSpan, JsonSerializer.Serialize(result.ExecutionCount));
    }
}
