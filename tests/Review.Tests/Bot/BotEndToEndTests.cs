using System.Globalization;
using System.Text;
using Review.Patches.Mail;
using Review.Tests.Archives;
using Review.Tests.Cli;
using Review.Tests.Patch;

namespace Review.Tests.Bot;

/// <summary>The whole bot on the real kernel: an archive of public-inbox, series made by git, a policy, a mail server, and what comes out.</summary>
public sealed class BotEndToEndTests(KernelSeriesBench bench) : IClassFixture<KernelSeriesBench>, IDisposable
{
    private const string List = "linux-mm@kvack.org";
    private const string First = "005-willneed-prev-never-set";
    private const string Second = "range-msync-no-wrap-check";

    private readonly TemporaryFolder folder = new();

    [SmtpKernelFact]
    public void Two_defects_are_answered_and_a_version_in_which_one_is_cured_and_one_was_called_wrong_is_not()
    {
        using var sink = new SmtpSink(folder.At("sent"));
        var rules = string.Join(", ", ((string[])[First, Second]).Select(static name => KernelSeriesBench.Corpus[name].Rule));
        Configure($"lists: {{{List}: all}}\nembargo_hours: 0\nrules: [confirmed, build, {rules}]\n", string.Create(CultureInfo.InvariantCulture, $"smtp: {{host: 127.0.0.1, port: {sink.Port}, security: none}}\ncommands: {{authserv_id: mx.example.org}}\n"));

        var patches = Post(new CorpusSeries("v1", "", ["+" + First, "+benign-mlock-helper", "+" + Second]), "--cover-letter");
        Run("bot.yaml", "--send");
        var mails = sink.Mails().Select(static bytes => MailMessage.Read(bytes)).ToList();
        Assert.Equal([patches[1].MessageId, patches[3].MessageId], mails.Select(static mail => mail.Answers[^1]));
        Assert.All(mails, mail =>
        {
            Assert.Equal(patches[0].MessageId, mail.Answers[0]);
            Assert.Equal("test@localhost", Assert.Single(mail.To).Address);
            Assert.Equal(List, Assert.Single(mail.Cc).Address);
            Assert.StartsWith("Re: [PATCH ", mail.Subject, StringComparison.Ordinal);
        });
        Assert.Contains("madvise_willneed()", mails[0].Info.Body, StringComparison.Ordinal);
        Run("bot.yaml", "--send");
        Assert.Equal(2, sink.Mails().Count);

        // The author takes the first remark for wrong, and mends what the second one is about.
        InboxMaker.AppendVersion2(folder.At("inbox/git/0.git"),
        [
            $"Authentication-Results: mx.example.org; dkim=pass header.d=localhost\nReceived: from there\nFrom: Test <test@localhost>\nTo: bot@example.org\nDate: Mon, 01 Jan 2001 02:00:00 +0000\nSubject: Re: mm: part 1\nMessage-ID: <reply@localhost>\nIn-Reply-To: <{mails[0].MessageId}>\nReferences: <{patches[1].MessageId}> <{mails[0].MessageId}>\n\nmmrev: wrong the caller sets it\n",
        ]);
        _ = Post(new CorpusSeries("v2", "", ["+" + First, "+benign-mlock-helper", "+benign-mprotect-ternary"]), "--cover-letter", "--reroll-count=2");
        Run("bot.yaml", "--send");
        Assert.Equal(2, sink.Mails().Count);
        Assert.False(Directory.Exists(folder.At("drafts")));
        var status = Program("bot", "status", "--config", "bot.yaml");
        Assert.Contains("silent: test@localhost answered: wrong", status.Output, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Without_a_policy_that_allows_more_there_are_drafts()
    {
        // Both files in the other language.
        folder.Write("policy.toml", "default = 'drafts'\nrules = ['confirmed']\n");
        folder.Write("bot.toml", $"state = 'sqlite:state.db'\npolicy = 'policy.toml'\nmax_age_days = 0\n[identity]\naddress = 'bot@example.org'\n[[sources]]\nlist = '{List}'\npublic_inbox = 'inbox'\n[[kernels]]\npath = '{bench.Repository}'\n[drafts]\nfolder = 'drafts'\n");
        var patches = Post(new CorpusSeries("posted", "", ["+061-free-finish-before-end"]));
        Run("bot.toml", "--send");
        var draft = MailMessage.Read(File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.At("drafts"), "*.eml"))));
        Assert.Equal(patches[0].MessageId, draft.Answers[^1]);
        Assert.Contains("Run on a model of mm", draft.Info.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_configuration_is_one_line_and_status_two()
    {
        folder.Write("bot.yaml", "state: sqlite:state.db\npolicy: policy.yaml\nidentty: {}\n");
        folder.Write("policy.yaml", "default: drafts\n");
        var result = Program("bot", "run", "--config", "bot.yaml", "--once");
        Assert.Equal(2, result.Status);
        Assert.Equal("mmreview: bot.yaml:1: identity: is missing; say in it who the bot is: address, domain\n", result.Errors);
        folder.Write("bot.toml", "state = 'sqlite:state.db'\npolicy = 'policy.yaml'\nidentty = {}\n");
        result = Program("bot", "run", "--config", "bot.toml", "--once");
        Assert.Equal((2, "mmreview: bot.toml:1: identity: is missing; say in it who the bot is: address, domain\n"), (result.Status, result.Errors));
        folder.Write("bot.toml", "state = 'sqlite:state.db\n");
        result = Program("bot", "run", "--config", "bot.toml", "--once");
        Assert.Equal(2, result.Status);
        Assert.StartsWith("mmreview: bot.toml:1: not TOML: ", result.Errors, StringComparison.Ordinal);
        result = Program("bot", "run", "--config", "gone.yaml", "--once");
        Assert.Equal((2, "mmreview: gone.yaml: there is no such file; name a file with --config\n"), (result.Status, result.Errors));
    }

    public void Dispose() => folder.Dispose();

    private void Configure(string policy, string more)
    {
        folder.Write("policy.yaml", policy);
        folder.Write("bot.yaml", $"state: sqlite:state.db\npolicy: policy.yaml\nidentity: {{address: bot@example.org}}\nsources: [{{list: {List}, public_inbox: inbox}}]\nkernels: [{{path: {bench.Repository}}}]\ndrafts: {{folder: drafts}}\nmax_age_days: 0\n{more}");
    }

    private List<MailMessage> Post(CorpusSeries series, params string[] options)
    {
        var mails = MailContainer.Split(Encoding.UTF8.GetBytes(bench.Mails(bench.Commit(series), [.. options, $"--to={List}"])));
        InboxMaker.AppendVersion2(folder.At("inbox/git/0.git"), mails.Select(static mail => Encoding.UTF8.GetString(mail)));
        return [.. mails.Select(static mail => MailMessage.Read(mail))];
    }

    private void Run(string config, params string[] more)
    {
        var result = Program(["bot", "run", "--config", config, "--once", .. more]);
        Assert.True(result.Status == 0, result.Errors);
    }

    private ProgramResult Program(params string[] arguments) => TestProgram.Run("dotnet", folder.Path, [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), .. arguments], ("XDG_CACHE_HOME", folder.At("cache")));
}
