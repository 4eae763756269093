using Xunit;
using YieldLab.Cli.Notebooks;

namespace YieldLab.Tests.Notebooks;

/// <summary>Where a cell breaks off, and why.</summary>
public sealed class CellErrorTests
{
    [Theory]
    [InlineData("int a = 1;\nint b = a +;", 2, 12, "CS1525", "Invalid expression term ';'")]
    [InlineData("\nMath.Abs(missing)", 2, 10, "CS0103", "The name 'missing' does not exist in the current context")]
    [InlineData(
        "int[] a = [];\n  a[0] = 1;",
        2,
        3,
        "IndexOutOfRangeException",
        "Index was outside the bounds of the array."
    )]
    [InlineData("await Task.Delay(1);\nthrow new Exception(\"a\\r\\nb\");", 2, 1, "Exception", "a b")]
    [InlineData("\nthrow new AggregateException(new IOException(\"why\"));", 2, 1, "IOException", "why")]
    [InlineData("\nTask.Run(() => throw new IOException(\"why\")).Wait();", 2, 16, "IOException", "why")]
    [InlineData(
        "class A\n{\n    public static int B = int.Parse(\"x\");\n}\nA.B",
        3,
        5,
        "FormatException",
        "The input string 'x' was not in a correct format."
    )]
    [InlineData("1;\n#!pwsh\nls", 2, 1, "kernel", "#!pwsh is for another kernel; this runner executes C#")]
    [InlineData(
        "#r \"nuget: YieldLab.Statistic, 0.1.0\"",
        1,
        4,
        "reference",
        "#r \"nuget: YieldLab.Statistic, 0.1.0\": this program has no package of that name"
    )]
    [InlineData(
        "#r \"nuget: YieldLab.Statistics, 9.9.9\"",
        1,
        4,
        "reference",
        "#r \"nuget: YieldLab.Statistics, 9.9.9\": this program has version 0.1.0 of it; expected that"
    )]
    [InlineData(
        "#r \"no.dll\"",
        1,
        4,
        "reference",
        "#r \"no.dll\": no such file; expected a path relative to the notebook, or \"nuget: NAME, VERSION\""
    )]
    [InlineData(
        "#r \"nuget: Some.Thing, 1.2.3\"",
        1,
        4,
        "reference",
        "#r \"nuget: Some.Thing, 1.2.3\": it is not in the NuGet cache, and nothing is downloaded; \"dotnet add package Some.Thing --version 1.2.3\" in a project of yours brings it there"
    )]
    public async Task A_cell_that_fails_is_named_with_line_and_column(
        string source,
        int line,
        int column,
        string name,
        string message
    )
    {
        using var session = new ScriptSession(AppContext.BaseDirectory);
        var (value, error) = await session.Run(Cell(source));
        Assert.Null(value);
        Assert.Equal(new CellError(3, line, column, name, message), error);
    }

    // Lines that look like a kernel's within a text, and those that are for the kernel.
    [Fact]
    public async Task Only_lines_that_the_compiler_takes_for_directives_are_the_kernels()
    {
        using var session = new ScriptSession(AppContext.BaseDirectory);
        var (value, error) = await session.Run(
            Cell("#!csharp\r\n#i \"nuget:here\"\r\nvar text = @\"\n#i keep\n#!csharp\n#!/bin/sh\";\n  #!c#\ntext")
        );
        Assert.Null(error);
        Assert.Equal("\n#i keep\n#!csharp\n#!/bin/sh", value);
    }

    private static NotebookCell Cell(string source) =>
        new()
        {
            Number = 3,
            IsCode = true,
            Source = source,
            Language = null,
            Outputs = [],
            ExecutionCount = null,
            OutputsSpan = default,
            CountSpan = default,
        };
}
