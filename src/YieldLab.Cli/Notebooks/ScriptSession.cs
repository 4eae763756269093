using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Xml;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using YieldLab.Studies;

namespace YieldLab.Cli.Notebooks;

/// <summary>Executes cells one after the other; each sees what the earlier ones declared.</summary>
internal sealed class ScriptSession : IDisposable
{
    private const string CellFile = "cell ";

    // Those of .NET Interactive's C#.
    private static readonly string[] Imports =
    [
        "System",
        "System.Collections",
        "System.Collections.Generic",
        "System.IO",
        "System.Linq",
        "System.Text",
        "System.Threading.Tasks",
        typeof(NotebookDisplay).FullName!,
    ];

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly References _references;
    private ScriptOptions _options;
    private ScriptState<object>? _state;

    /// <summary>Begins with nothing declared.</summary>
    /// <param name="folder">Folder of the notebook.</param>
    public ScriptSession(string folder)
    {
        _references = new(folder, _loader);
        _loader.RegisterDependency(typeof(NotebookDisplay).Assembly);
        _options = ScriptOptions
            .Default.WithReferences(References.OfFramework.Select(path => MetadataReference.CreateFromFile(path)))
            .AddReferences(MetadataReference.CreateFromFile(typeof(NotebookDisplay).Assembly.Location))
            .WithMetadataResolver(_references)
            .WithImports(Imports)
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
    }

    /// <summary>Executes a cell.</summary>
    /// <returns>The value of its last expression, or null; or what broke it off.</returns>
    public async Task<(object? Value, CellError? Error)> Run(NotebookCell cell)
    {
        if (Prepare(cell, out string code) is { } refused)
            return (null, refused);
        try
        {
            ScriptOptions options = _options.WithFilePath($"{CellFile}{cell.Number}");
            _state = _state is null
                ? await CSharpScript.Create<object>(code, options, null, _loader).RunAsync()
                : await _state.ContinueWithAsync<object>(code, options);
            return (_state.ReturnValue, null);
        }
        catch (CompilationErrorException e)
        {
            return (null, Error(cell, e.Diagnostics.First(found => found.Severity == DiagnosticSeverity.Error)));
        }
        // Whatever a user's own code throws.
        catch (Exception e)
        {
            return (null, Error(cell, e));
        }
    }

    public void Dispose() => _loader.Dispose();

    private CellError? Prepare(NotebookCell cell, out string code)
    {
        code = CellDirectives.Code(cell.Source, out var refused);
        if (cell.Language is { } language)
            return new(cell.Number, 0, 0, "language", $"is of {language}; this runner executes C#");
        if (refused is var (line, text))
            return new(cell.Number, line, 1, "kernel", $"{text} is for another kernel; this runner executes C#");
        foreach (var (reference, at, column) in CellDirectives.References(code))
            try
            {
                _options = _options.AddReferences(_references.Find(reference));
            }
            // A package may be damaged, or not to be read.
            catch (Exception e)
                when (e
                        is StudyException
                            or IOException
                            or UnauthorizedAccessException
                            or BadImageFormatException
                            or XmlException
                )
            {
                return new(
                    cell.Number,
                    at,
                    column,
                    "reference",
                    e is StudyException ? e.Message : $"{reference}: {e.Message}"
                );
            }
        return null;
    }

    private static CellError Error(NotebookCell cell, Diagnostic found)
    {
        var place = found.Location.GetLineSpan().StartLinePosition;
        return new(cell.Number, place.Line + 1, place.Character + 1, found.Id, found.GetMessage());
    }

    /// <summary>What an exception says, and where: the innermost call that stands in a cell.</summary>
    public static CellError Error(NotebookCell cell, Exception thrown)
    {
        Exception e = Cause(thrown);
        // A cause that was made and never thrown has no calls of its own.
        StackFrame? frame = new StackTrace(e, fNeedFileInfo: true)
            .GetFrames()
            .Concat(new StackTrace(thrown, fNeedFileInfo: true).GetFrames())
            .FirstOrDefault(frame => frame.GetFileName()?.StartsWith(CellFile, StringComparison.Ordinal) == true);
        return new(
            frame is null ? cell.Number : int.Parse(frame.GetFileName()![CellFile.Length..]),
            frame?.GetFileLineNumber() ?? 0,
            frame?.GetFileColumnNumber() ?? 0,
            e.GetType().Name,
            e.Message.ReplaceLineEndings(" ")
        );
    }

    // Of those that only say that there was another.
    private static Exception Cause(Exception e) =>
        (e is AggregateException or TypeInitializationException or TargetInvocationException)
        && e.InnerException is { } inner
            ? Cause(inner)
            : e;
}
