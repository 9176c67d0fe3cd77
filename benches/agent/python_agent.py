"""The agent of the Python client rekuest-next 0.22.0, as the benchmark starts it: `python python_agent.py BASE_URL`."""

import asyncio
import os
import sys
import threading

from graphql import OperationType
from rath.links.aiohttp import AIOHttpLink
from rath.links.auth import ComposedAuthLink
from rath.links.graphql_ws import GraphQLWSLink
from rath.links.split import SplitLink
from rekuest_next.agents.base import BaseAgent
from rekuest_next.agents.transport.websocket import WebsocketAgentTransport
from rekuest_next.postmans.graphql import GraphQLPostman
from rekuest_next.rath import RekuestNextLinkComposition, RekuestNextRath
from rekuest_next.rekuest import RekuestNext


def add(x: int, y: int) -> int:
    """Adds two numbers"""
    return x + y


async def aadd(x: int, y: int) -> int:
    """Adds two numbers, without a thread"""
    return x + y


async def token() -> str:
    return "token"


def provide(http: str) -> RekuestNext:
    sockets = http.replace("http", "ws", 1)
    links = RekuestNextLinkComposition(
        auth=ComposedAuthLink(token_loader=token, token_refresher=token),
        split=SplitLink(
            left=AIOHttpLink(endpoint_url=f"{http}/graphql"),
            right=GraphQLWSLink(ws_endpoint_url=f"{sockets}/graphql"),
            split=lambda operation: operation.node.operation != OperationType.SUBSCRIPTION,
        ),
    )
    rath = RekuestNextRath(link=links)
    transport = WebsocketAgentTransport(endpoint_url=f"{sockets}/agi", token_loader=token)
    agent = BaseAgent(transport=transport, instance_id="default", rath=rath, name="bench:dev")
    app = RekuestNext(rath=rath, agent=agent, postman=GraphQLPostman(rath=rath, instance_id="default"))
    app.register(add)
    app.register(aadd)
    return app


async def serve() -> None:
    async with provide(sys.argv[1]) as app:
        await app.arun()


def end_with_benchmark() -> None:
    """Standard input ends with the process that started this one."""
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_benchmark, daemon=True).start()
asyncio.run(serve())
