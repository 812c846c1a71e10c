using System.Text;
using System.Text.Json;
using Review.Bot.Configuration;
using Review.Bot.Policies;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary>Configurations that cannot be used, in both languages: one line with file, key and cure.</summary>
public sealed class ConfigTests : IDisposable
{
    // Line by line the same.
    private static readonly string[] GoodYaml = ["state: sqlite:state.db", "policy: policy.yaml", "identity: {address: Bot <bot@example.org>}", "sources: [{list: list@example.org, maildir: mail}]", "kernels: [{path: .}]", "drafts: {folder: drafts}", ""];
    private static readonly string[] GoodToml = ["state = 'sqlite:state.db'", "policy = 'policy.toml'", "identity = {address = 'Bot <bot@example.org>'}", "sources = [{list = 'list@example.org', maildir = 'mail'}]", "kernels = [{path = '.'}]", "drafts.folder = 'drafts'", ""];

    private readonly TemporaryFolder folder = new();

    /// <summary>A line of the good configuration, what stands there instead in YAML and in TOML, and what is told about it.</summary>
    public static TheoryData<int, string, string, string, string> BadLines => new()
    {
        { 1, "state: mysql:x", "state = 'mysql:x'", ":1: state: 'mysql:x' names no database", "write sqlite:FILE" },
        { 1, "", "", ": state: is missing", "write sqlite:FILE" },
        { 1, "state: [sqlite:state.db]", "state = ['sqlite:state.db']", ":1: state: is not a text", "write one value" },
        { 1, "state: {sqlite: state.db}", "state.sqlite = 'state.db'", ":1: state: is not a text", "write one value" },
        { 2, "policy: gone", "policy = 'gone'", "gone: policy: there is no such file", "README" },
        { 2, "policy: .", "policy = '.'", "policy: Access to the path", "README" },
        { 3, "identity: {address: Bot <bot>}", "identity.address = 'Bot <bot>'", ":3: identity.address: 'Bot <bot>' is not a mail address", "name@host" },
        { 3, "identity: bot@example.org", "identity = 'bot@example.org'", ":3: identity: is not a mapping", "keys with values" },
        { 3, "identity: {address: b@a.org, domain: 'a b'}", "identity = {address = 'b@a.org', domain = 'a b'}", ":3: identity.domain: 'a b' is not a domain", "letters, digits" },
        { 4, "sources: [{list: l@a.org, maildri: mail}]", "sources = [{list = 'l@a.org', maildri = 'mail'}]", ":4: sources[0]: names no place", "public_inbox, maildir, mbox" },
        { 4, "sources: [{list: l@a.org, maildir: m, mbox: x}]", "sources = [{list = 'l@a.org', maildir = 'm', mbox = 'x'}]", ":4: sources[0]: names several places", "public_inbox, maildir, mbox" },
        { 4, "sources: [{list: l@a.org, maildir: m}, {list: l@a.org, maildir: n}]", "sources = [{list = 'l@a.org', maildir = 'm'}, {list = 'l@a.org', maildir = 'n'}]", ":4: sources: two are called 'l@a.org'", "a name of its own" },
        { 4, "sources: []", "sources = []", ": sources: is missing", "at least one place" },
        { 4, "sources: mail", "sources = 'mail'", ":4: sources: is not a list", "an entry for each" },
        { 4, "sources: [mail]", "sources = ['mail']", ":4: sources[0]: is not a mapping", "keys with values" },
        { 5, "kernels: [{path: gone}]", "kernels = [{path = 'gone'}]", ":5: kernels[0].path: there is no folder", "clone a kernel" },
        { 5, "kernels: [{path: ., fetch: 1}]", "kernels = [{path = '.', fetch = 1}]", ":5: kernels[0].fetch: '1' is neither true nor false", "one of them" },
        { 6, "drafts: {}", "drafts = {}", ":6: drafts: has to name one place", "folder or maildir" },
        { 6, "drafts: {folder: a, maildir: b}", "drafts = {folder = 'a', maildir = 'b'}", ":6: drafts: has to name one place", "folder or maildir" },
        { 7, "wokers: 2", "wokers = 2", ":7: wokers: is not known here", "workers" },
        { 7, "keep_days: 3", "keep_days = 3", ":7: keep_days: is less than max_age_days", "write more" },
        { 7, "workers: many", "workers = 'many'", ":7: workers: 'many' is not a number from 1 to 64", "leave the key out" },
        { 7, "workers: .nan", "workers = nan", ":7: workers:", "leave the key out" },
        { 7, "workers: 1979-05-27", "workers = 1979-05-27", ":7: workers: '1979-05-27' is not a number", "leave the key out" },
        { 7, "workers: 0x10000", "workers = 0x10000", ":7: workers:", "leave the key out" },
        { 7, "paths: [[mm]]", "paths = [['mm']]", ":7: paths: holds something that is not a text", "for each entry" },
        { 7, "smtp: {host: h, password: x}", "smtp = {host = 'h', password = 'x'}", ":7: smtp.password: secrets are not written", "password_file or password_env" },
        { 7, "smtp: {host: h, user: u, security: none, password_env: P}", "smtp = {host = 'h', user = 'u', security = 'none', password_env = 'P'}", ":7: smtp.security: a password never goes over an open line", "starttls or tls" },
        { 7, "smtp: {host: h, security: ssl}", "smtp = {host = 'h', security = 'ssl'}", ":7: smtp.security: 'ssl' is not known", "starttls, tls, none" },
        { 7, "smtp: {host: h}\nsendmail: /usr/sbin/sendmail", "smtp.host = 'h'\nsendmail = '/usr/sbin/sendmail'", ":8: sendmail: there is smtp as well", "leave one" },
        { 7, "patchwork: {url: 'http://pw.example.org/api', project: p, token_env: T}", "patchwork = {url = 'http://pw.example.org/api', project = 'p', token_env = 'T'}", ":7: patchwork.url:", "open line" },
        { 7, "state: sqlite:other.db", "state = 'sqlite:other.db'", ":7: not ", "once" },
        { 7, "commands: {wrong_limit: 1, wrong_limit: 2}", "commands = {wrong_limit = 1, wrong_limit = 2}", ":7: not ", "once" },
        { 7, "workers: [", "workers = [", ": not ", "close every bracket" },
        { 7, "\tworkers: 1", "workers: 1", ": not ", "once" },
        { 7, "workers: 'one", "workers = 'one", ":7: not ", "quote" },
        { 7, "sources: [{list: x@y.org}]", "[[sources]]\nlist = 'x@y.org'", ":7: not ", "once" },
        { 7, "workers: \0", "workers = \0", ": not ", "once" },
    };

    [Theory]
    [InlineData("bot.yaml")]
    [InlineData("bot.toml")]
    public void A_good_one_is_read(string name)
    {
        var config = Read(name, string.Join('\n', IsToml(name) ? GoodToml : GoodYaml));
        Assert.Equal("sqlite:" + folder.At("state.db"), config.State);
        Assert.Equal(("Bot", "bot@example.org", "example.org"), (config.Identity.Address.Name, config.Identity.Address.Address, config.Identity.Domain));
        Assert.Equal(new SourceConfig("list@example.org", SourceKind.Maildir, folder.At("mail"), "list@example.org"), config.Sources.Single());
        Assert.Equal(new KernelConfig(folder.At("."), Fetch: false), config.Kernels.Single());
        Assert.Equal(new DraftConfig(folder.At("drafts"), IsMaildir: false), config.Drafts);
        Assert.Equal(1, config.Workers);
    }

    [Theory]
    [MemberData(nameof(BadLines))]
    public void A_bad_one_is_told_with_place_and_cure(int line, string yaml, string toml, string problem, string cure)
    {
        foreach (var (name, good, bad) in ((string, string[], string)[])[("bot.yaml", GoodYaml, yaml), ("bot.toml", GoodToml, toml)])
        {
            var trouble = Assert.Throws<BotConfigException>(() => Read(name, string.Join('\n', [.. good[..(line - 1)], bad, .. good[line..]])));
            Assert.Contains(problem, trouble.Message, StringComparison.Ordinal);
            Assert.Contains(cure, trouble.Cure, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', trouble.Message);
        }
    }

    [Theory]
    [InlineData("default: shout", "default = 'shout'", ":1: default: 'shout' is not known", "mute, drafts, author, all")]
    [InlineData("lists:\n  here: mute", "[lists]\nhere = 'mute'", ":2: lists.here: is not a mail address", "name@host")]
    [InlineData("people:\n  a@b: {replay: mute}", "[people]\n'a@b' = {replay = 'mute'}", ":2: people.a@b.replay: is not known here", "reply")]
    [InlineData("people:\n  a@b: ", "[people]\n'a@b' = ''", ":2: people.a@b: says nothing", "mute, drafts, author or all")]
    [InlineData("caps: {per_day: -1}", "caps = {per_day = -1}", ":1: caps.per_day: '-1' is not a number", "leave the key out")]
    [InlineData("lists:\n  a@b: {cc: [x]}", "[lists]\n'a@b'.cc = ['x']", ":2: lists.a@b.cc: 'x' is not a mail address", "name@host")]
    [InlineData("embargo_hours: [1]", "embargo_hours = [1]", ":1: embargo_hours: is not a text", "write one value")]
    [InlineData("", "# nothing", ": the file is empty", "README")]
    public void A_bad_policy_is_told_with_place_and_cure(string yaml, string toml, string problem, string cure)
    {
        foreach (var (name, text) in ((string, string)[])[("policy.yaml", yaml), ("policy.toml", toml)])
        {
            var trouble = Assert.Throws<BotConfigException>(() => MailPolicyReader.Read(name, text));
            Assert.StartsWith(name + problem, trouble.Message, StringComparison.Ordinal);
            Assert.Contains(cure, trouble.Cure, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Both_languages_say_the_same_however_tables_are_written()
    {
        var yaml = MailPolicyReader.Read("p.yaml", "default: author\nlists:\n  l@x.org: {reply: all, cc: [c@x.org], embargo_hours: 1.5}\n  m@x.org: drafts\npeople: {a@b: mute}\ncaps: {per_mail: 16}\nrules: build\nchecks: true\n");
        var toml = MailPolicyReader.Read("p.toml", "default = \"author\"\nrules = 'build'\nchecks = true\ncaps.per_mail = 0x1_0\n[lists]\n'm@x.org' = '''drafts'''\n[lists.\"l@x.org\"]\nreply = 'all'\ncc = [\n  'c@x.org', # a copy\n]\nembargo_hours = 15e-1\n[people]\n'a@b' = 'mute'\n");
        Assert.Equal(JsonSerializer.Serialize(yaml), JsonSerializer.Serialize(toml));
        Assert.Equal(16, toml.Caps.PerMail);
        Assert.Equal(TimeSpan.FromHours(1.5), toml.Lists["l@x.org"].Embargo);
    }

    [Theory]
    [InlineData("yaml", "[", "[")]
    [InlineData("yaml", "{a: ", "{a: ")]
    [InlineData("yaml", "- ", "- ")]
    [InlineData("toml", "a = [", "[")]
    [InlineData("toml", "a = {", "a = {")]
    [InlineData("toml", "[[a.", "a.")]
    [InlineData("toml", "a.", "a.")]
    public void What_lies_deep_or_is_huge_is_refused(string language, string first, string piece)
    {
        var name = "p." + language;
        foreach (var depth in (int[])[40, 1_000, 50_000])
        {
            var text = first + string.Concat(Enumerable.Repeat(piece, depth)) + "a = 1";
            Assert.Contains(": not ", Assert.Throws<BotConfigException>(() => MailPolicyReader.Read(name, text)).Message, StringComparison.Ordinal);
        }

        folder.Write(name, new string('#', 2_000_000));
        Assert.Contains("larger than a megabyte", Assert.Throws<BotConfigException>(() => BotConfigReader.Read(folder.At(name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_with_names_are_read_once_and_never_in_themselves()
    {
        Assert.Equal(["c@x.org"], MailPolicyReader.Read("p.yaml", "lists:\n  a@x.org: &all {reply: all, cc: [c@x.org]}\n  b@x.org: *all\n").Lists["b@x.org"].Cc.AsEnumerable());
        Assert.Contains("nothing above is called 'a'", Assert.Throws<BotConfigException>(() => MailPolicyReader.Read("p.yaml", "default: &a [*a]\n")).Message, StringComparison.Ordinal);
        Assert.Contains("second document", Assert.Throws<BotConfigException>(() => MailPolicyReader.Read("p.yaml", "default: drafts\n---\ndefault: all\n")).Message, StringComparison.Ordinal);
        var laughs = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 30).Select(static i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n"));
        Assert.Contains("a0: is not known here", Assert.Throws<BotConfigException>(() => MailPolicyReader.Read("p.yaml", laughs)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bot.yaml")]
    [InlineData("bot.toml")]
    public void Whatever_is_misspelt_gives_a_configuration_or_one_line(string name)
    {
        const string Odd = "{}[]:='\"\n#&*-,.\té\0<>|";
        var good = string.Join('\n', IsToml(name) ? GoodToml : GoodYaml);
        var random = new Random(20);
        for (var i = 0; i < 2_000; i++)
        {
            var text = new StringBuilder(good);
            for (var j = random.Next(1, 4); j > 0; j--)
            {
                var place = random.Next(text.Length);
                _ = random.Next(2) == 0 ? text.Remove(place, 1) : text.Insert(place, Odd[random.Next(Odd.Length)]);
            }

            try
            {
                _ = Read(name, text.ToString());
            }
            catch (BotConfigException trouble)
            {
                Assert.DoesNotContain('\n', trouble.Message + trouble.Cure);
            }
        }
    }

    [Fact]
    public void A_secret_that_others_may_read_is_refused()
    {
        folder.Write("secret", "word\n");
        File.SetUnixFileMode(folder.At("secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var trouble = Assert.Throws<BotConfigException>(() => SecretReader.Read(new SecretConfig(null, folder.At("secret")), "bot.yaml", "smtp.password"));
        Assert.Contains("bot.yaml: smtp.password_file: others than its owner may read", trouble.Message, StringComparison.Ordinal);
        Assert.Contains("chmod 600", trouble.Cure, StringComparison.Ordinal);
        File.SetUnixFileMode(folder.At("secret"), UnixFileMode.UserRead);
        Assert.Equal("word", SecretReader.Read(new SecretConfig(null, folder.At("secret")), "bot.yaml", "smtp.password"));
        Assert.Throws<BotConfigException>(() => SecretReader.Read(new SecretConfig("MMREVIEW_NO_SUCH_VARIABLE", null), "bot.yaml", "smtp.password"));
    }

    public void Dispose() => folder.Dispose();

    private static bool IsToml(string name) => name.EndsWith(".toml", StringComparison.Ordinal);

    private BotConfig Read(string name, string text)
    {
        folder.Write(name, text);
        folder.Write("policy.yaml", "default: author\n");
        folder.Write("policy.toml", "default = 'author'\n");
        return BotConfigReader.Read(folder.At(name));
    }
}
