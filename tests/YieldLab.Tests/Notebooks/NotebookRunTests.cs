using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.Tests.Notebooks;

/// <summary><c>yieldlab notebook run</c> on notebooks made for it.</summary>
public sealed class NotebookRunTests
{
    [Fact]
    public void Cells_share_what_they_declare_and_show_what_they_give()
    {
        using var folder = new NotebookFolder().With(
            "#r \"nuget: YieldLab.Statistics, 0.1.0\"\n#!csharp\nusing YieldLab.Statistics.Estimation;\nint passed = 90;",
            "int Double(int x) => 2 * x;\nawait Task.Delay(1);\nDouble(passed)",
            "",
            "Console.Write(\"a\"); Console.WriteLine(1);\nConsole.Error.WriteLine(\"wrong\");\ndisplay(2);\n3.5.Display();\n"
                + "Console.WriteLine(\"b\");\nnew[] { 1.5, 2 }",
            "WilsonInterval.Of(passed, 100).Lower.ToString(\"0.0000\")",
            "File.ReadAllText(\"beside.txt\")",
            "passed++;"
        );
        File.WriteAllText(Path.Combine(folder.Root, "beside.txt"), "beside");
        Assert.Equal("book.ipynb: 6 cells executed, outputs are in book.ipynb", folder.Run().Succeeded().TrimEnd());
        Assert.Empty(folder.Outputs(0));
        Assert.Equal(["180"], folder.Texts(1));
        Assert.Empty(folder.Outputs(2));
        Assert.Equal(["a1\n", "wrong\n", "2", "3.5", "b\n", "[ 1.5, 2 ]"], folder.Texts(3));
        // Wilson's interval in closed form: (p + z^2/2n - z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
        Assert.Equal(["0.8256"], folder.Texts(4));
        Assert.Equal(["beside"], folder.Texts(5));
        Assert.Equal([], folder.Texts(6));
        string[] kinds = ["stream", "stream", "display_data", "display_data", "stream", "execute_result"];
        Assert.Equal(kinds, folder.Outputs(3).Select(output => (string?)output!["output_type"]));
        Assert.Equal(5, (int?)folder.Outputs(5)[0]!["execution_count"]);
    }

    [Fact]
    public void A_notebook_that_breaks_off_keeps_what_came_until_there()
    {
        using var folder = new NotebookFolder().With(
            "int Fails(int x)\n{\n    throw new InvalidOperationException($\"no {x}\\nhere\");\n}",
            "Console.WriteLine(\"before\");\nFails(1)",
            "2"
        );
        folder.Run().IsRefusedWith("book.ipynb: cell 1, line 3, column 5: InvalidOperationException: no 1 here");
        string?[] kinds = [.. folder.Outputs(1).Select(output => (string?)output!["output_type"])];
        Assert.Equal(["stream", "error"], kinds);
        Assert.Empty(folder.Outputs(2));
    }

    [Fact]
    public void A_value_that_cannot_be_shown_breaks_its_cell_off()
    {
        using var folder = new NotebookFolder().With(
            "class Bad\n{\n    public override string ToString() => throw new IOException(\"no picture\");\n}\nnew Bad()"
        );
        folder.Run().IsRefusedWith("book.ipynb: cell 1, line 3, column 42: IOException: no picture");
    }

    [Fact]
    public void What_a_task_writes_after_its_cell_is_no_output_of_the_next()
    {
        using var folder = new NotebookFolder().With(
            "var gate = new TaskCompletionSource();\nvar begun = new TaskCompletionSource();\nvar late = Task.Run(async () =>\n{\n    Console.Write(\"one\");\n    begun.SetResult();\n"
                + "    await gate.Task;\n    Console.Write(\"late\");\n    display(\"late\");\n});\nawait begun.Task;",
            "gate.SetResult();\nawait late;\nConsole.Write(\"two\");"
        );
        folder.Run().Succeeded();
        Assert.Equal(["one"], folder.Texts(0));
        Assert.Equal(["two"], folder.Texts(1));
    }

    // The exit code 0 of a cell must not pass for a check.
    [Theory]
    [InlineData("Environment.Exit(0);", "cell 2: the program was ended in it; nothing is stored")]
    [InlineData(
        "new System.Threading.Thread(() =>\n    throw new IOException(\"no\")).Start();\nawait Task.Delay(60000);",
        "cell 2, line 2, column 5: IOException in a thread of its own: no; nothing is stored"
    )]
    public void A_cell_that_ends_the_program_is_named(string source, string message)
    {
        using var folder = new NotebookFolder().With("1", source);
        CommandLine
            .RunAlone(folder.Root, "notebook", "run", NotebookFolder.Notebook, "--check")
            .IsRefusedWith($"book.ipynb: {message}");
    }

    [Fact]
    public void A_package_of_the_cache_brings_what_it_needs()
    {
        // Made by hand: the first package has no assembly and needs the second, of which a later version is there.
        using var folder = new NotebookFolder().With("#r \"nuget: Made.First, 1.0.0\"\ntypeof(CsCheck.Gen).FullName");
        string cache = Path.Combine(folder.Root, "cache");
        Package(cache, "made.first", "1.0.0", "<dependency id=\"Made.Second\" version=\"1.0.0\" />");
        string library = Package(cache, "made.second", "1.2.0", "");
        string assembly = typeof(CsCheck.Gen).Assembly.Location;
        File.Copy(assembly, Path.Combine(library, Path.GetFileName(assembly)));
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = cache };
        CommandLine.RunWith(environment, folder.Root, "notebook", "run", NotebookFolder.Notebook).Succeeded();
        Assert.Equal(["CsCheck.Gen"], folder.Texts(0));
    }

    private static string Package(string cache, string name, string version, string dependencies)
    {
        string folder = Path.Combine(cache, name, version);
        string library = Path.Combine(folder, "lib", "netstandard2.0");
        Directory.CreateDirectory(library);
        File.WriteAllText(
            Path.Combine(folder, $"{name}.nuspec"),
            $"<package><metadata><dependencies><group targetFramework=\".NETStandard2.0\">{dependencies}</group></dependencies></metadata></package>"
        );
        return library;
    }

    [Fact]
    public void Check_stores_nothing_and_says_by_its_exit_code_what_differs()
    {
        using var folder = new NotebookFolder().With("int x = 1;", "x", "x * 2");
        string before = File.ReadAllText(folder.Path);
        var answer = folder.Run("--check");
        Assert.Equal(
            (
                2,
                "",
                "yieldlab: book.ipynb: cell 1: it is executed as number 1, and none is stored; yieldlab notebook run book.ipynb stores what it gives now"
            ),
            (answer.ExitCode, answer.Output, answer.Error.TrimEnd())
        );
        Assert.Equal(before, File.ReadAllText(folder.Path));
        folder.Run().Succeeded();
        Assert.Equal(
            "book.ipynb: 3 cells executed, outputs are those that are stored",
            folder.Run("--check").Succeeded().TrimEnd()
        );
        File.WriteAllText(folder.Path, File.ReadAllText(folder.Path).Replace("x * 2", "x * 3"));
        answer = folder.Run("--check");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(
            "cell 3: the outputs are not those that are stored: line 1 of output 1 is \"3\", and \"2\" is stored;",
            answer.Error
        );
        File.Move(folder.Path, Path.Combine(folder.Root, "my book.ipynb"));
        answer = CommandLine.Run(folder.Root, "notebook", "run", "my book.ipynb", "--check");
        Assert.EndsWith("yieldlab notebook run 'my book.ipynb' stores what it gives now", answer.Error.TrimEnd());
    }

    [Theory]
    [InlineData("{ \"cells\": [,] }", "book.ipynb(1,13): is no JSON; expected a Jupyter notebook (.ipynb)")]
    [InlineData("[]", "book.ipynb: the file is no object; expected a Jupyter notebook (.ipynb)")]
    [InlineData(
        "{ \"cells\": [], \"nbformat\": 3 }",
        "book.ipynb: nbformat is not 4; expected a notebook of Jupyter's format 4"
    )]
    [InlineData(
        "{ \"cells\": [], \"nbformat\": 4, \"metadata\": { \"kernelspec\": { \"language\": \"python\" } } }",
        "book.ipynb: is a notebook of python; expected one of C#"
    )]
    [InlineData(
        "{ \"cells\": [{ \"cell_type\": \"code\", \"source\": \"1\" }], \"nbformat\": 4 }",
        "book.ipynb: cell 1: has no outputs, which a code cell must have"
    )]
    [InlineData(
        "{ \"cells\": [{ \"cell_type\": \"code\", \"source\": \"1\", \"outputs\": [], \"execution_count\": null, \"metadata\": { \"dotnet_interactive\": { \"language\": \"pwsh\" } } }], \"nbformat\": 4 }",
        "book.ipynb: cell 1: is of pwsh; this runner executes C#"
    )]
    public void What_is_no_notebook_of_CSharp_is_refused_in_a_line(string text, string message)
    {
        using var folder = new NotebookFolder().WithText(text);
        folder.Run().IsRefusedWith(message);
    }

    [Fact]
    public void There_must_be_a_file_and_one_place_for_its_outputs()
    {
        using var folder = new NotebookFolder();
        folder.Run().IsRefusedWith("book.ipynb: there is no such file (expected a Jupyter notebook, .ipynb)");
        Directory.CreateDirectory(folder.Path);
        folder.Run().IsRefusedWith("book.ipynb is a folder; expected a file");
        folder.Run("--check", "--out", "x.ipynb").IsRefusedNaming("--check stores nothing and --out says where to");
    }
}
