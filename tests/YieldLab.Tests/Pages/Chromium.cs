using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace YieldLab.Tests.Pages;

/// <summary>A browser without a window. Tests that need it are skipped without it, but where it has to be there, as in CI, its
/// absence fails.</summary>
internal static class Chromium
{
    private const string Required = "YIELDLAB_REQUIRE_CHROMIUM";
    private const string NotInstalled = "chromium is not installed";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "chromium"))
            .FirstOrDefault(File.Exists);

    public static void Need()
    {
        if (Environment.GetEnvironmentVariable(Required) == "1")
            Assert.True(Program is not null, $"{Required}=1, but {NotInstalled}");
        else
            Assert.SkipUnless(Program is not null, NotInstalled);
    }

    /// <summary>Opens a page in a frame, runs a script in it, and gives what the script makes of it.</summary>
    /// <param name="html">The page. Its own policy forbids scripts; that is lifted for this one.</param>
    /// <param name="script">Statements that return an object, maybe after awaiting.</param>
    /// <param name="width">Of the frame, in CSS pixels: a window of the browser is never narrower than 500.</param>
    /// <param name="dark">Whether the system is dark.</param>
    public static JsonNode Run(string html, string script, int width, bool dark)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("yieldlab");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "page.html"), WithScript(html, script));
            string frame = Path.Combine(folder.FullName, "frame.html");
            File.WriteAllText(frame, Frame(width));
            string document = Document(folder.FullName, new Uri(frame), dark);
            Match result = Regex.Match(document, "<pre id=\"result\">(.*?)</pre>", RegexOptions.Singleline);
            return JsonNode.Parse(WebUtility.HtmlDecode(result.Groups[1].Value))!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string WithScript(string html, string script) =>
        html.Replace("default-src &#39;none&#39;", "default-src 'none'; script-src 'unsafe-inline'")
            .Replace(
                "</body>",
                $$"""
                <script>
                addEventListener('load', async () => {
                  let result;
                  try { result = await (async () => { {{script}} })(); }
                  catch (e) { result = { error: String(e) }; }
                  parent.postMessage(JSON.stringify(result), '*');
                });
                </script></body>
                """
            );

    private static string Frame(int width) =>
        $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <title>frame</title></head>
            <body style="margin: 0"><iframe title="page" src="page.html" width="{width}" height="900" style="border: 0"></iframe>
            <pre id="result">null</pre>
            <script>addEventListener('message', e => document.getElementById('result').textContent = e.data);</script>
            </body></html>
            """;

    // No name of a host is known: whatever a page asks the network for fails. Time runs ahead while nothing happens.
    private static string Document(string profile, Uri page, bool dark)
    {
        var start = new ProcessStartInfo(
            Program!,
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                $"--user-data-dir={Path.Combine(profile, "profile")}",
                "--window-size=1400,1000",
                "--virtual-time-budget=100000",
                .. dark ? new[] { "--force-dark-mode" } : [],
                "--dump-dom",
                page.AbsoluteUri,
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process browser = Process.Start(start)!;
        Task<string> errors = browser.StandardError.ReadToEndAsync();
        Task<string> document = browser.StandardOutput.ReadToEndAsync();
        if (!browser.WaitForExit(Patience))
        {
            browser.Kill(entireProcessTree: true);
            throw new TimeoutException($"chromium was not done after {Patience.TotalSeconds} s");
        }
        _ = errors.Result;
        return document.Result;
    }
}
