using Review.Bot.Configuration;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary>Configurations that cannot be used: one line with file, key and cure.</summary>
public sealed class ConfigTests : IDisposable
{
    private const string Good = "state: sqlite:state.db\npolicy: policy.yaml\nidentity: {address: Bot <bot@example.org>}\nsources:\n- {list: list@example.org, maildir: mail}\nkernels:\n- {path: .}\ndrafts: {folder: drafts}\n";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_good_one_is_read()
    {
        var config = Read(Good, "default: author\n");
        Assert.Equal("sqlite:" + folder.At("state.db"), config.State);
        Assert.Equal(("Bot", "bot@example.org", "example.org"), (config.Identity.Address.Name, config.Identity.Address.Address, config.Identity.Domain));
        Assert.Equal(new SourceConfig("list@example.org", SourceKind.Maildir, folder.At("mail"), "list@example.org"), config.Sources.Single());
    }

    [Theory]
    [InlineData("state: sqlite:state.db", "state: mysql:x", "bot.yaml:1: state: 'mysql:x' names no database", "write sqlite:FILE")]
    [InlineData("state: sqlite:state.db\n", "", "bot.yaml:1: state: is missing", "write sqlite:FILE")]
    [InlineData("bot@example.org", "bot", "bot.yaml:3: identity.address: 'Bot <bot>' is not a mail address", "name@host")]
    [InlineData("maildir: mail", "maildri: mail", "bot.yaml:5: sources[0]: names no place", "public_inbox, maildir, mbox")]
    [InlineData("maildir: mail", "maildir: mail, mbox: x", "bot.yaml:5: sources[0]: names several places", "public_inbox, maildir, mbox")]
    [InlineData("path: .", "path: gone", "bot.yaml:7: kernels[0].path: there is no folder", "clone a kernel")]
    [InlineData("drafts: {folder: drafts}", "drafts: {}", "bot.yaml:8: drafts: has to name one place", "folder or maildir")]
    [InlineData("drafts:", "wokers: 2\ndrafts:", "bot.yaml:8: wokers: is not known here", "workers")]
    [InlineData("drafts:", "workers: many\ndrafts:", "bot.yaml:8: workers: 'many' is not a number from 1 to 64", "leave the key out")]
    [InlineData("drafts:", "smtp: {host: h, password: x}\ndrafts:", "bot.yaml:8: smtp.password: secrets are not written", "password_file or password_env")]
    [InlineData("drafts:", "smtp: {host: h, user: u, security: none, password_env: P}\ndrafts:", "bot.yaml:8: smtp.security: a password never goes over an open line", "starttls or tls")]
    [InlineData("drafts:", "smtp: {host: h}\nsendmail: /usr/sbin/sendmail\ndrafts:", "bot.yaml:9: sendmail: there is smtp as well", "leave one")]
    [InlineData("drafts:", "patchwork: {url: 'http://pw.example.org/api', project: p, token_env: T}\ndrafts:", "bot.yaml:8: patchwork.url:", "open line")]
    [InlineData("state:", "state: [\nx:", "bot.yaml: not YAML", "quotes")]
    [InlineData("state:", "\tstate:", "bot.yaml:2: not YAML", "blanks")]
    [InlineData("policy: policy.yaml", "policy: gone.yaml", "gone.yaml: policy: there is no such file", "README")]
    public void A_bad_one_is_told_with_place_and_cure(string good, string bad, string problem, string cure)
    {
        var trouble = Assert.Throws<BotConfigException>(() => Read(Good.Replace(good, bad, StringComparison.Ordinal), "default: drafts\n"));
        Assert.Contains(problem, trouble.Message, StringComparison.Ordinal);
        Assert.Contains(cure, trouble.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default: shout\n", "policy.yaml:1: default: 'shout' is not known", "mute, drafts, author, all")]
    [InlineData("lists:\n  here: mute\n", "policy.yaml:2: lists.here: is not a mail address", "name@host")]
    [InlineData("people:\n  a@b: {replay: mute}\n", "policy.yaml:2: people.a@b.replay: is not known here", "reply")]
    [InlineData("caps: {per_day: -1}\n", "policy.yaml:1: caps.per_day: '-1' is not a number", "leave the key out")]
    [InlineData("lists:\n  a@b: {cc: [x]}\n", "policy.yaml:2: lists.a@b.cc: 'x' is not a mail address", "name@host")]
    public void A_bad_policy_is_told_with_place_and_cure(string text, string problem, string cure)
    {
        var trouble = Assert.Throws<BotConfigException>(() => Read(Good, text));
        Assert.Contains(problem, trouble.Message, StringComparison.Ordinal);
        Assert.Contains(cure, trouble.Cure, StringComparison.Ordinal);
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

    private BotConfig Read(string config, string policy)
    {
        folder.Write("bot.yaml", config);
        folder.Write("policy.yaml", policy);
        return BotConfigReader.Read(folder.At("bot.yaml"));
    }
}
