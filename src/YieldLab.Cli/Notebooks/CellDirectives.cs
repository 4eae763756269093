using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace YieldLab.Cli.Notebooks;

/// <summary>Lines of a cell that are for the kernel.</summary>
internal static class CellDirectives
{
    private static readonly CSharpParseOptions Script = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script);

    /// <summary>The text of a cell without the lines that this runner has no use for: <c>#!csharp</c>, and <c>#i</c>, which
    /// tells where packages could be downloaded. Places stay as they are.</summary>
    /// <param name="source">Text of the cell.</param>
    /// <param name="refused">A line that asks for another kernel, with its number; null: there is none.</param>
    public static string Code(string source, out (int Line, string Text)? refused)
    {
        string[] lines = source.Split('\n');
        refused = null;
        foreach (int i in DirectiveLines(source))
        {
            string line = lines[i].Trim();
            if (line.StartsWith("#!", StringComparison.Ordinal) && line is not ("#!csharp" or "#!c#"))
                refused ??= (i + 1, line);
            if (line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("#i ", StringComparison.Ordinal))
                lines[i] = "";
        }
        return string.Join('\n', lines);
    }

    // The compiler knows which lines are directives, and which are within a text.
    private static IEnumerable<int> DirectiveLines(string source) =>
        CSharpSyntaxTree
            .ParseText(source, Script)
            .GetRoot()
            .DescendantTrivia(descendIntoTrivia: true)
            .Where(trivia => trivia.IsDirective)
            .Select(trivia => source.AsSpan(0, trivia.SpanStart).Count('\n'));

    /// <summary>What the <c>#r</c> lines of a cell name, with their lines and columns.</summary>
    public static IEnumerable<(string Reference, int Line, int Column)> References(string code)
    {
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText(code, Script).GetCompilationUnitRoot();
        foreach (ReferenceDirectiveTriviaSyntax directive in root.GetReferenceDirectives())
        {
            var place = directive.File.GetLocation().GetLineSpan().StartLinePosition;
            yield return (directive.File.ValueText, place.Line + 1, place.Character + 1);
        }
    }
}
