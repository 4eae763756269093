using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Cli.Notebooks;
using YieldLab.Studies;
using YieldLab.Tests.Cli;

namespace YieldLab.Tests.Notebooks;

/// <summary>What becomes of a notebook's file, and of the one named by <c>--out</c>.</summary>
public sealed class NotebookStoreTests
{
    [Fact]
    public void A_notebook_that_was_changed_meanwhile_stays_as_it_is()
    {
        using var folder = new NotebookFolder().With("1");
        NotebookFile notebook = NotebookFile.Read(folder.Path);
        CellResult[] results = [new(notebook.Cells[0], 1, new JsonArray())];
        string edited = File.ReadAllText(folder.Path) + "\n";
        File.WriteAllText(folder.Path, edited);
        var refusal = Assert.Throws<StudyException>(() => notebook.Store(results, folder.Path));
        Assert.Contains("book.ipynb: was changed while its cells were executed", refusal.Message);
        Assert.Equal(edited, File.ReadAllText(folder.Path));
        string other = Path.Combine(folder.Root, "other.ipynb");
        notebook.Store(results, other);
        Assert.Contains("\"execution_count\":1", File.ReadAllText(other));
    }

    // Another way to write its name is the notebook itself: what is stored already is not written again.
    [Fact]
    public void Out_may_name_the_notebook()
    {
        using var folder = new NotebookFolder().With("1");
        string same = Path.Combine(folder.Root, ".", NotebookFolder.Notebook);
        NotebookFile notebook = NotebookFile.Read(folder.Path);
        notebook.Store([new(notebook.Cells[0], 1, new JsonArray())], same);
        Assert.Contains("\"execution_count\":1", File.ReadAllText(folder.Path));
        DateTime longAgo = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder.Path, longAgo);
        notebook = NotebookFile.Read(folder.Path);
        notebook.Store([new(notebook.Cells[0], 1, new JsonArray())], same);
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(folder.Path));
    }

    [Fact]
    public void A_check_that_fails_leaves_the_file_and_names_are_relative_to_where_the_program_was_called()
    {
        using var folder = new NotebookFolder().With("1", "throw new Exception(\"no\");");
        byte[] before = File.ReadAllBytes(folder.Path);
        folder.Run("--check").IsRefusedWith("book.ipynb: cell 2, line 1, column 1: Exception: no");
        Assert.Equal(before, File.ReadAllBytes(folder.Path));
        string above = Path.GetDirectoryName(folder.Root)!;
        string relative = Path.Combine(Path.GetFileName(folder.Root), NotebookFolder.Notebook);
        string target = Path.Combine(Path.GetFileName(folder.Root), "new", "out.ipynb");
        CommandLine
            .Run(above, "notebook", "run", relative, "--out", target)
            .IsRefusedWith($"{relative}: cell 2, line 1, column 1: Exception: no");
        Assert.Contains("\"execution_count\":2", File.ReadAllText(Path.Combine(above, target)));
        Assert.Equal(before, File.ReadAllBytes(folder.Path));
    }
}
