using TuneLab.Reporting.Html;

namespace TuneLab.Reporting.Tests;

/// <summary>The page in a real browser: it asks for nothing but itself, and nothing is wider than the window or lies outside its figure.</summary>
public sealed class BrowserTests : IDisposable
{
    // parts that scroll by themselves may be wider than the window
    private const string Wide = "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && !e.closest('pre') && !e.closest('svg') && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + ' ' + e.textContent.slice(0, 40)).join('; ')";

    private const string Outside = """
        [...document.querySelectorAll('svg')].flatMap(s => { const box = s.getBoundingClientRect(); return [...s.querySelectorAll('text')].filter(t => { const r = t.getBoundingClientRect();
          return r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 2 || r.bottom > box.bottom + 2 }).map(t => t.textContent) }).join('; ')
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab-test").FullName;

    [SkippableFact]
    public async Task Page_AtEveryWidth_AsksForNothingAndKeepsInside()
    {
        Skip.If(Chromium.Path is null, "There is no Chromium on this machine.");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await using var browser = await Chromium.Start(limit.Token);
        foreach (var (name, run) in new[] { ("finished", SampleRun.Finished()), ("ensemble", SampleRun.WithEnsemble()), ("surface", SampleRun.WithSurface()), ("stopped", SampleRun.Stopped()), ("large", SampleRun.Large()) })
        {
            var file = Path.Combine(_folder, name + ".html");
            await using (var stream = File.Create(file))
            {
                new HtmlReportWriter().Write(run, stream);
            }

            foreach (var width in new[] { 400, 1600 })
            {
                var asked = await browser.Open(file, width, limit.Token);
                Assert.Equal([new Uri(file).AbsoluteUri], asked);
                Assert.True(await browser.Number("document.documentElement.scrollWidth", limit.Token) <= width, $"{name} at {width}: {await browser.Text(Wide, limit.Token)}");
                Assert.Equal("", await browser.Text(Outside, limit.Token));
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
