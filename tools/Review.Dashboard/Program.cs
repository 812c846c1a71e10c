using System.Data.Common;
using System.Globalization;
using Review.Bot.Configuration;
using Review.Bot.Store;
using Review.Core.Diagnostics;

namespace Review.Dashboard;

/// <summary>The entry point of <c>mmreview-dashboard CONFIG PORT</c>, which <c>mmreview bot serve</c> starts.</summary>
internal static class Program
{
    private const int BadInput = 2;

    private static async Task<int> Main(string[] args)
    {
        if (args is not [var file, var number] || !ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return Complain("mmreview-dashboard takes a configuration and a port; start it by: mmreview bot serve");
        }

        try
        {
            var config = BotConfigReader.Read(file);
            using var store = BotStore.Open(Database.Of(config.State));
            var server = new DashboardServer(store, config.Commands.WrongLimit, port, TimeProvider.System);
            await using (server.ConfigureAwait(false))
            {
                await server.StartAsync().ConfigureAwait(false);
                await Console.Out.WriteLineAsync($"mmreview: {server.Address}/ for everybody on this machine\nmmreview: {server.OperatorAddress} for you alone: takes and discards messages").ConfigureAwait(false);
                await server.WaitAsync().ConfigureAwait(false);
            }

            return 0;
        }
        catch (BotConfigException trouble)
        {
            return Complain($"{trouble.Message}; {trouble.Cure}");
        }
        catch (Exception trouble) when (trouble is DbException or StoreVersionException or ArgumentException)
        {
            return Complain($"{file}: state: the database cannot be opened: {trouble.Message.TrimEnd('.')}");
        }
        catch (IOException trouble)
        {
            return Complain($"port {number} cannot be had: {trouble.Message.TrimEnd('.')}; choose another one with --port");
        }
    }

    private static int Complain(string what)
    {
        Console.Error.WriteLine("mmreview: " + VisibleText.Of(what));
        return BadInput;
    }
}
