using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Text;

namespace YieldLab.Tests.Text;

/// <summary>What becomes of a file that is written anew.</summary>
public sealed class UserFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("yieldlab-").FullName;

    private string Kept => Path.Combine(_root, "kept");

    // A temporary file that is a link to /dev/full: opening it works and writing to it fails, as on a full disk.
    [Fact]
    public void A_file_stays_as_it_was_where_the_disk_is_full()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        File.WriteAllText(Kept, "before");
        File.CreateSymbolicLink(Kept + ".tmp", "/dev/full");
        var refusal = Assert.Throws<StudyException>(() => UserFile.WriteBytes(Kept, new byte[100_000]));
        Assert.StartsWith($"{Kept}: cannot be written (No space left on device", refusal.Message);
        Assert.Equal("before", File.ReadAllText(Kept));
        Assert.Equal([Kept], Directory.GetFiles(_root));
    }

    [Fact]
    public void A_link_stays_a_link_and_its_file_keeps_its_rights()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights, and few links.");
            return;
        }
        const UnixFileMode rights = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupExecute;
        string link = Path.Combine(_root, "link");
        File.WriteAllText(Kept, "before, and longer");
        File.SetUnixFileMode(Kept, rights);
        File.CreateSymbolicLink(link, Kept);
        UserFile.WriteText(link, "after", Path.Combine(_root, "source"));
        Assert.Equal(("after", rights), (File.ReadAllText(Kept), File.GetUnixFileMode(Kept)));
        Assert.Equal(Kept, new FileInfo(link).LinkTarget);
        Assert.Equal([Kept, link], Directory.GetFiles(_root).Order());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
