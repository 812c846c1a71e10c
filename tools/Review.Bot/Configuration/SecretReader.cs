namespace Review.Bot.Configuration;

/// <summary>Reads passwords and tokens from where only their owner can.</summary>
public static class SecretReader
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The secret.</summary>
    /// <param name="secret">Where it is.</param>
    /// <param name="config">The configuration that says so, for messages.</param>
    /// <param name="key">The key that says so.</param>
    /// <exception cref="BotConfigException">It is not there, or others could read it.</exception>
    public static string Read(SecretConfig secret, string config, string key)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Variable is { } variable)
        {
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : throw new BotConfigException(config, key + "_env", $"the variable {variable} is not set", "set it where the bot is started");
        }

        try
        {
            var file = secret.File!;
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None
                ? throw new BotConfigException(config, key + "_file", $"others than its owner may read {file}", $"run: chmod 600 {file}")
                : File.ReadAllText(file).TrimEnd('\n', '\r');
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new BotConfigException(config, key + "_file", trouble.Message.TrimEnd('.'), "write the secret there, and run: chmod 600 on it");
        }
    }
}
