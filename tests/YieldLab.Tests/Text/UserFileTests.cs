using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Text;

namespace YieldLab.Tests.Text;

/// <summary>What becomes of a file that is written anew.</summary>
public sealed class UserFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("yieldlab-").FullName;

    private string Kept => Path.Combine(_root, "kept");

    [Fact]
    public void A_file_is_replaced_and_files_beside_it_stay()
    {
        File.WriteAllText(Kept, "before");
        File.WriteAllText(Kept + ".tmp", "mine");
        UserFile.WriteBytes(Kept, "after"u8.ToArray());
        Assert.Equal(("after", "mine"), (File.ReadAllText(Kept), File.ReadAllText(Kept + ".tmp")));
        Assert.Equal([Kept, Kept + ".tmp"], Directory.GetFiles(_root).Order());
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
