using YieldLab.Reports;
using YieldLab.Studies;
using YieldLab.Studies.Clusters;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary>The dies of a stored point once more: by a command, or as case files.</summary>
/// <param name="stored">The point.</param>
/// <param name="study">The study's file; null for where it stood when the run was made.</param>
internal sealed class Replay(StoredPointDies stored, string? study)
{
    // Worked out, since a study that has changed since has other dies.
    private readonly Lazy<PreparedStudy> _prepared = new(() => StoredStudy.Of(stored.Run, stored.Point, study));

    /// <summary>The words of the command that writes a die as a case file, as they stand before a shell.</summary>
    /// <exception cref="StudyException">The study is not there, or another one.</exception>
    public IReadOnlyList<string> Words(long die) =>
        [
            "yieldlab",
            "die",
            "sample",
            _prepared.Value.File.Path,
            .. StoredStudy.Changes(stored.Run, stored.Point).SelectMany(change => new[] { "--set", change }),
            "--die",
            $"{die}",
        ];

    /// <summary>The command line for a POSIX shell.</summary>
    public string Line(long die) => ShellText.Line(Words(die));

    /// <summary>Why there is no command that gives these dies; null where there is one.</summary>
    public string? Problem()
    {
        try
        {
            _ = _prepared.Value;
            return null;
        }
        catch (StudyException e)
        {
            return e.Message;
        }
    }

    /// <summary>The study's file; null where there is no command.</summary>
    public string? File => Problem() is null ? _prepared.Value.File.Path : null;

    /// <summary>The study of the point, worked out.</summary>
    /// <exception cref="StudyException">The study is not there, or another one.</exception>
    public PreparedStudy Study => _prepared.Value;

    /// <summary>Writes dies as case files, which <c>die solve</c> trains to the stored metrics.</summary>
    /// <param name="folder">Where; it is made.</param>
    /// <param name="dies">Names of the files and dies.</param>
    /// <exception cref="StudyException">The study is not there or another one, or a file cannot be written.</exception>
    public void Export(string folder, IEnumerable<(string Name, long Die)> dies)
    {
        PreparedStudy prepared = _prepared.Value;
        Shared.MakeFolder("--export", folder);
        foreach (var (name, die) in dies)
            UserFile.WriteText(
                Path.Combine(folder, name),
                CaseJson.Write(DieCase.Of(prepared, die)).ToJsonString() + "\n",
                prepared.File.Path
            );
    }
}
