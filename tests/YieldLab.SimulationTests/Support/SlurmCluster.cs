using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests.Support;

/// <summary>
/// A Slurm of one node on the loopback address, with an authentication of its own, in a temporary folder: nothing of the
/// machine's own Slurm is read or touched. It starts when a test needs it, and ends the processes that it started. Where
/// Slurm is not installed such tests are skipped, but where it has to be there, as in CI, its absence fails.
/// </summary>
public sealed class SlurmCluster : IDisposable
{
    private const string Required = "YIELDLAB_REQUIRE_SLURM";
    private const string NotInstalled =
        "slurmctld, slurmd and munged are not installed (Debian: apt-get install slurm-wlm munge)";

    // More than the machine may have, so that four tasks run side by side anywhere.
    private const int Processors = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yieldlab-slurm");
    private readonly List<Process> _daemons = [];
    private bool _started;

    /// <summary>What a process has to know to talk to this Slurm.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { ["SLURM_CONF"] = PathOf("slurm.conf") };

    /// <summary>Starts the cluster, where it does not run yet.</summary>
    public void Need()
    {
        bool installed = new[] { "munged", "slurmctld", "slurmd" }.All(daemon => PathOfDaemon(daemon) is not null);
        if (System.Environment.GetEnvironmentVariable(Required) == "1")
            Assert.True(installed, $"{Required}=1, but {NotInstalled}");
        else
            Assert.SkipUnless(installed, NotInstalled);
        if (_started)
            return;
        _started = true;
        Start();
    }

    /// <summary>The answer of one of Slurm's commands, which must succeed.</summary>
    public string Ask(string command, params string[] arguments)
    {
        using Process process = Run(command, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)}: {errors.Result}{output}{Logs()}");
        return output.Trim();
    }

    /// <summary>Waits until jobs have left the queue.</summary>
    /// <param name="jobs">Their numbers.</param>
    public void WaitFor(params string[] jobs) =>
        WaitUntil(
            // Of a job that has left long ago squeue says that it does not know it; all that are left are listed so.
            () => !Ask("squeue", "--noheader", "--format=%F").Split('\n').Intersect(jobs).Any(),
            $"jobs {string.Join(", ", jobs)} to end"
        );

    /// <summary>The state of a job as Slurm remembers it, such as COMPLETED.</summary>
    /// <param name="job">Its number, or that of an array and of a task, joined by an underscore.</param>
    public string StateOf(string job) =>
        Ask("scontrol", "--oneliner", "show", "job", job)
            .Split(' ')
            .Single(word => word.StartsWith("JobState=", StringComparison.Ordinal))["JobState=".Length..];

    /// <summary>Waits until something is so, and tells what it waited for where it never is.</summary>
    public void WaitUntil(Func<bool> isSo, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(
                Stopwatch.GetElapsedTime(start) < Patience,
                $"waited {Patience.TotalSeconds} s for {what}{Logs()}"
            );
            Thread.Sleep(100);
        }
    }

    /// <summary>Cancels what is left and ends the daemons, the last one first.</summary>
    public void Dispose()
    {
        if (_daemons.Count > 2)
            EndJobs();
        foreach (Process daemon in Enumerable.Reverse(_daemons))
            End(daemon);
        _folder.Delete(recursive: true);
    }

    private void Start()
    {
        int[] ports = FreePorts(2);
        File.WriteAllText(PathOf("slurm.conf"), Configuration(ports[0], ports[1]));
        foreach (string folder in new[] { "state", "spool", "log" })
            _folder.CreateSubdirectory(folder);
        WriteKey();
        _daemons.Add(
            Daemon(
                "munged",
                "--foreground",
                $"--key-file={PathOf("munge.key")}",
                $"--socket={PathOf("munge.sock")}",
                $"--pid-file={PathOf("munged.pid")}",
                $"--log-file={PathOf("log/munged.log")}",
                $"--seed-file={PathOf("munge.seed")}",
                // A temporary folder may be writable for others; the key in it is not readable for them.
                "--force"
            )
        );
        WaitUntil(() => File.Exists(PathOf("munge.sock")), "munged");
        _daemons.Add(Daemon("slurmctld", "-D", "-c"));
        _daemons.Add(Daemon("slurmd", "-D", "-N", "localhost"));
        WaitUntil(IsIdle, "an idle node");
    }

    private bool IsIdle()
    {
        using Process process = Run("sinfo", "--noheader", "--format=%T");
        _ = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Trim() == "idle";
    }

    // Without accounting, control groups or MPI, and scheduling at once: what a test of single tasks needs.
    private string Configuration(int controllerPort, int nodePort) =>
        $"""
            ClusterName=yieldlab
            SlurmctldHost=localhost(127.0.0.1)
            SlurmUser={System.Environment.UserName}
            SlurmdUser={System.Environment.UserName}
            AuthType=auth/munge
            AuthInfo=socket={PathOf("munge.sock")}
            StateSaveLocation={PathOf("state")}
            SlurmdSpoolDir={PathOf("spool")}
            SlurmctldPidFile={PathOf("slurmctld.pid")}
            SlurmdPidFile={PathOf("slurmd.pid")}
            SlurmctldLogFile={PathOf("log/slurmctld.log")}
            SlurmdLogFile={PathOf("log/slurmd.log")}
            SlurmctldPort={controllerPort}
            SlurmdPort={nodePort}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SchedulerType=sched/backfill
            SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
            MpiDefault=none
            SwitchType=switch/none
            ReturnToService=2
            SlurmdParameters=config_overrides
            NodeName=localhost NodeAddr=127.0.0.1 CPUs={Processors} RealMemory=4000 State=UNKNOWN
            PartitionName=main Nodes=localhost Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO

            """;

    // munge wants a key of at least 32 bytes that nobody else can read.
    private void WriteKey()
    {
        File.WriteAllBytes(PathOf("munge.key"), RandomNumberGenerator.GetBytes(128));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf("munge.key"), UnixFileMode.UserRead);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    private Process Daemon(string name, params string[] arguments)
    {
        Process process = Run(PathOfDaemon(name)!, arguments);
        // What they print is in their logs too; the pipes only have to stay empty.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private Process Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    // The daemons are in sbin, which is not on the PATH of every user.
    private static string? PathOfDaemon(string name) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private void EndJobs()
    {
        string[] jobs = Ask("squeue", "--noheader", "--format=%F").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (jobs.Length == 0)
            return;
        Ask("scancel", [.. jobs.Distinct()]);
        WaitFor(jobs);
    }

    private static void End(Process daemon)
    {
        if (!daemon.HasExited)
        {
            using Process kill = Process.Start("kill", ["-TERM", $"{daemon.Id}"]);
            kill.WaitForExit();
            if (!daemon.WaitForExit(TimeSpan.FromSeconds(10)))
                daemon.Kill();
            daemon.WaitForExit();
        }
        daemon.Dispose();
    }

    private string Logs() =>
        string.Concat(
            Directory
                .GetFiles(PathOf("log"))
                .Select(log => $"\n{Path.GetFileName(log)}: ...{string.Join('\n', File.ReadLines(log).TakeLast(10))}")
        );

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
