using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events.Storing.Migrations;

/// <summary>A place for events of months that have no partition: a role that may not create tables stores them there.</summary>
[DbContext(typeof(EventsContext)), Migration("20261130_AddOtherEvents")]
internal sealed class AddOtherEvents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (new ColumnTypes(this).IsPostgres)
            migrationBuilder.Sql($"CREATE TABLE {Month.Others} PARTITION OF events DEFAULT");
    }
}
