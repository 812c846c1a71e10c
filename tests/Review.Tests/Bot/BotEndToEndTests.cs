using System.Text;
using Review.Patches.Mail;
using Review.Tests.Archives;
using Review.Tests.Cli;
using Review.Tests.Patch;

namespace Review.Tests.Bot;

/// <summary>The whole bot on the real kernel: an archive of public-inbox, series made by git, a policy, and what comes out.</summary>
public sealed class BotEndToEndTests(KernelSeriesBench bench) : IClassFixture<KernelSeriesBench>, IDisposable
{
    private const string List = "linux-mm@kvack.org";

    private readonly TemporaryFolder folder = new();

    [KernelFact]
    public void A_series_becomes_one_draft_for_each_bad_patch()
    {
        Configure("default: drafts\n", "");
        Post(new CorpusSeries("posted", "", ["+005-willneed-prev-never-set", "+benign-mlock-helper", "+061-free-finish-before-end"]));
        Run();
        var drafts = Directory.GetFiles(folder.At("drafts"), "*.eml").Select(static file => MailMessage.Read(File.ReadAllBytes(file))).ToList();
        Assert.NotEmpty(drafts);
    }

    public void Dispose() => folder.Dispose();

    private void Configure(string policy, string more)
    {
        folder.Write("policy.yaml", policy);
        folder.Write("bot.yaml", $"state: sqlite:state.db\npolicy: policy.yaml\nidentity: {{address: bot@example.org}}\nsources: [{{list: {List}, public_inbox: inbox}}]\nkernels: [{{path: {bench.Repository}}}]\ndrafts: {{folder: drafts}}\nmax_age_days: 0\n{more}");
    }

    private void Post(CorpusSeries series)
    {
        var mails = MailContainer.Split(Encoding.UTF8.GetBytes(bench.Mails(bench.Commit(series), "--cover-letter", $"--to={List}")));
        InboxMaker.AppendVersion2(folder.At("inbox/git/0.git"), mails.Select(static mail => Encoding.UTF8.GetString(mail)));
    }

    private void Run(params string[] more)
    {
        var result = TestProgram.Run("dotnet", folder.Path, [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "bot", "run", "--config", "bot.yaml", "--once", .. more], ("XDG_CACHE_HOME", folder.At("cache")));
        Assert.True(result.Status == 0, result.Errors);
    }
}
