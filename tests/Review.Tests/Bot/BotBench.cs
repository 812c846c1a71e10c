using System.Globalization;
using System.Text;
using Review.Bot;
using Review.Bot.Configuration;
using Review.Bot.Sending;
using Review.Bot.Store;
using Review.BotHost;
using Review.Patches.Archives;
using Review.Patches.Mail;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary>The bot in this process: a list of mails for an archive, a reviewer that finds what patches admit, a clock that is set, and a sender that keeps what it gets.</summary>
internal sealed class BotBench : IDisposable
{
    public const string List = "linux-mm@kvack.org";
    public const string Author = "author@example.org";

    private readonly TemporaryFolder folder = new();
    private readonly MailList archive = new();
    private readonly BotStore store;
    private readonly BotConfig config;
    private readonly bool sends;

    /// <param name="policy">The policy file.</param>
    /// <param name="more">More lines of the configuration.</param>
    /// <param name="sends">True for a bot that runs with <c>--send</c>.</param>
    public BotBench(string policy, string more = "", bool sends = true)
    {
        this.sends = sends;
        folder.Write("policy.yaml", policy);
        folder.Write("bot.yaml", $"state: sqlite:state.db\npolicy: policy.yaml\nidentity: {{address: Bot <bot@example.org>}}\nsources: [{{list: {List}, maildir: none}}]\nkernels: [{{path: .}}]\ndrafts: {{folder: drafts}}\ncommands: {{authserv_id: mx.example.org, reviewers: [reviewer@example.org], wrong_limit: 2}}\n{more}");
        config = BotConfigReader.Read(folder.At("bot.yaml"));
        store = BotStore.Open(Database.Of(config.State));
    }

    public SetClock Clock { get; } = new();

    public KeptMails Sent { get; } = new();

    public BotStore Store => store;

    /// <summary>The drafts that lie in the folder.</summary>
    public List<MailMessage> Drafts => Directory.Exists(folder.At("drafts")) ? [.. Directory.GetFiles(folder.At("drafts"), "*.eml").Order(StringComparer.Ordinal).Select(static file => MailMessage.Read(File.ReadAllBytes(file)))] : [];

    /// <summary>Puts a mail into the archive.</summary>
    public void Post(string id, string subject, string body, string? answers = null, string from = Author, string header = "", string to = List) => archive.Add(
        $"{header}From: {from}\nTo: {to}\nCc: reader@example.org\nSubject: {subject}\nDate: {Clock.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}\nMessage-ID: <{id}>\n{(answers is null ? "" : $"In-Reply-To: <{answers}>\nReferences: <{answers}>\n")}\n{body}\n");

    /// <summary>Puts a patch into the archive that admits a defect, or none.</summary>
    public void PostPatch(string id, string subject, string defect, string? answers = null, string path = "mm/a.c", string header = "", string to = List) =>
        Post(id, subject, $"{defect}\n---\ndiff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-a\n+b", answers, header: header, to: to);

    /// <summary>What the server of the reader puts on top of a mail from a domain that it vouches for.</summary>
    public static string Vouched(string domain = "example.org", string server = "mx.example.org") => $"Authentication-Results: {server}; dkim=pass (2048-bit key) header.d={domain}\nReceived: from somewhere\n";

    /// <summary>Puts a mail that the bot sent into the archive, as a list does.</summary>
    public void Deliver(byte[] mail) => archive.Add(Encoding.UTF8.GetString(mail));

    /// <summary>Takes a mail out of the archive again.</summary>
    public void Withdraw(int index) => archive.Withdraw(index);

    /// <summary>Lets the bot do what there is to do.</summary>
    public void Run() => Assert.Equal(0, new BotRunner(new BotSurroundings
    {
        Store = store,
        Config = config,
        Open = _ => archive,
        Reviewer = static () => new QuickReviewer(),
        Letters = new PlainLetters(),
        Drafts = new DraftSender(config.Drafts),
        Mail = sends ? Sent : null,
        Clock = Clock,
    }).RunOnce(CancellationToken.None));

    /// <summary>Lets some hours go by.</summary>
    public void Wait(double hours) => Clock.Now += TimeSpan.FromHours(hours);

    /// <summary>The reasons why findings of the newest series are silent.</summary>
    public IEnumerable<string> Silences() => store.Findings(store.NewestSeries(1).Single().Id).Where(static finding => finding.Decision == "silent").Select(static finding => finding.Reason);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    /// <summary>A clock that stands still.</summary>
    internal sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Keeps what it gets, and answers as it is told.</summary>
    internal sealed class KeptMails : IMailSender
    {
        public List<OutgoingMessage> All { get; } = [];

        public HandOver Answer { get; set; } = HandOver.Done;

        public string Name => "kept";

        public List<MailMessage> Mails => [.. All.Select(static message => MailMessage.Read(message.Bytes))];

        public HandOver Hand(OutgoingMessage message, Func<bool> begin, CancellationToken cancellation)
        {
            Assert.True(begin());
            Assert.False(begin());
            All.Add(message);
            return Answer;
        }

        public bool? HasArrived(OutgoingMessage message) => null;
    }

    private sealed class MailList : IMailFeed
    {
        private readonly List<(byte[] Bytes, bool IsWithdrawn)> mails = [];

        public void Add(string mail) => mails.Add((Encoding.UTF8.GetBytes(mail), false));

        public void Withdraw(int index) => mails.Add((mails[index].Bytes, true));

        public IEnumerable<ArchivedMail> Since(ArchivePosition position)
        {
            var start = position.Of("list") is { } text ? int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0;
            for (var i = start; i < mails.Count; i++)
            {
                yield return new ArchivedMail(mails[i].Bytes, mails[i].IsWithdrawn, position.With("list", (i + 1).ToString("x40", CultureInfo.InvariantCulture)));
            }
        }
    }
}
